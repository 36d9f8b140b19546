@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        'PSUseBOMForUnicodeEncodedFile'
        # A variable of BeforeAll is used in the tests beside it, which the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        # The keys of tests are made up, and their helpers change nothing that anybody would want to be asked about.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        'PSUseShouldProcessForStateChangingFunctions'
        # A script that runs in a session of its own has no other scope to put its helpers in.
        'PSAvoidGlobalFunctions'
        'PSAvoidGlobalVars'
        # A parameter that is used in a script block or in a script that is read in is used all the same.
        'PSReviewUnusedParameter'
        # A table that tells names apart by case is what some tests are about.
        'PSUseLiteralInitializerForHashtable'
        # A parameter of the block itself is taken for a variable of the script around it.
        'PSUseUsingScopeModifierInNewRunspaces'
    )
}
