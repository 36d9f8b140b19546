@{
    Severity     = @('Error', 'Warning')
    ExcludeRules = @(
        # PowerShell 7 reads UTF-8 without a mark, and a mark would break the first line of scripts on Linux.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
