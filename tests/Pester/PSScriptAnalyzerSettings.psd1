@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        'PSUseBOMForUnicodeEncodedFile'
        # A variable of BeforeAll is used in the tests beside it, which the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
    )
}
