@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        'PSUseBOMForUnicodeEncodedFile'
        # A variable of BeforeAll is used in the tests beside it, which the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        # The keys of tests are made up, and their helpers change nothing that anybody would want to be asked about.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
