#Requires -Version 7.4
# Rows of every kind, from wherever they come: databases, jobs, other machines, classes, tables of keys, files of any shape.

BeforeDiscovery {
    # What comes back from a job or another machine is served by the same serializer; one test below runs a real job.
    $kinds = @(
        @{ What = 'a data table'; Rows = { $args[0].Rows } }
        @{ What = 'a data table, whole in the pipeline'; Rows = { $args[0] } }
        @{ What = 'a view of a data table'; Rows = { $args[0].DefaultView } }
        @{ What = 'a data table, by way of a job'; Rows = { $args[0].Rows | Send-AsJob } }
        @{ What = 'a view of a data table, by way of a job'; Rows = { $args[0].DefaultView | Send-AsJob } }
        @{ What = 'a CSV file'; Rows = { $args[0].Rows | Select-Object UserId, city, level | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ What = 'a CSV file, by way of a job'; Rows = { $args[0].Rows | Select-Object UserId, city, level | ConvertTo-Csv | ConvertFrom-Csv | Send-AsJob } }
        @{ What = 'a CSV file that was written from what a job gave'; Rows = { $args[0].Rows | Select-Object UserId, city, level | Send-AsJob | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ What = 'hashtables, by way of a job'; Rows = { @{ UserId = 'a'; city = 'Paris' }, @{ level = 3; UserId = 'b' } | Send-AsJob } }
        @{ What = 'case-sensitive tables'; Rows = { foreach ($row in @{ UserId = 'a'; city = 'Paris' }, @{ UserId = 'b'; level = 3 }) { $table = [hashtable]::new([StringComparer]::Ordinal); $row.Keys | ForEach-Object { $table[$_] = $row[$_] }; $table } } }
        @{ What = 'sorted lists'; Rows = { foreach ($row in @{ UserId = 'a'; city = 'Paris' }, @{ UserId = 'b'; level = 3 }) { [System.Collections.SortedList]::new($row) } } }
        @{ What = 'objects of a class'; Rows = { [RowOfClass]::new('a', 'Paris', $null), [RowOfClass]::new('b', $null, 3) } }
        @{ What = 'objects of a class, by way of a job'; Rows = { [RowOfClass]::new('a', 'Paris', $null), [RowOfClass]::new('b', $null, 3) | Send-AsJob } }
        @{ What = 'objects with computed properties'; Rows = { [pscustomobject]@{ Id = 'a'; town = 'Paris' } | Add-Member -PassThru AliasProperty UserId Id | Add-Member -PassThru ScriptProperty city { $this.town } | Select-Object UserId, city; [pscustomobject]@{ UserId = 'b' } | Add-Member -PassThru ScriptProperty level { 1 + 2 } } }
        @{ What = 'objects in objects'; Rows = { [psobject][psobject][pscustomobject]@{ UserId = [psobject]'a'; city = [psobject][psobject]'Paris' }; [psobject]@{ UserId = 'b'; level = [psobject]3 } } }
        @{ What = 'objects whose type has properties of its own'; Rows = { [pscustomobject]@{ PSTypeName = 'RowWithTown'; UserId = 'a'; town = 'Paris' } | Select-Object UserId, city; [pscustomobject]@{ PSTypeName = 'RowWithLevel'; UserId = 'b' }; [pscustomobject]@{ PSTypeName = 'RowWithCity'; UserId = 'a' } } }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    Update-TypeData -TypeName RowWithLevel -MemberType ScriptProperty -MemberName level -Value { 3 } -Force
    Update-TypeData -TypeName RowWithCity -MemberType NoteProperty -MemberName city -Value 'Paris' -Force

    class RowOfClass {
        [string] $UserId
        [string] $city
        [object] $level
        RowOfClass([string] $id, [string] $city, [object] $level) { $this.UserId = $id; $this.city = $city; $this.level = $level }
    }

    # What Receive-Job and Invoke-Command hand out: a property bag with what they add to it.
    function Send-AsJob {
        process {
            $bag = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 1))
            if ($bag -isnot [System.Collections.IDictionary]) {
                $bag | Add-Member PSComputerName 'localhost'
                $bag | Add-Member RunspaceId ([guid]::NewGuid())
                $bag | Add-Member PSShowComputerName $false
                $bag | Add-Member PSSourceJobInstanceId ([guid]::NewGuid())
            }

            $bag
        }
    }

    function New-DataTable {
        $table = [System.Data.DataTable]::new()
        $null = $table.Columns.Add('UserId')
        $null = $table.Columns.Add('city')
        $null = $table.Columns.Add('level', [int])
        $null = $table.Rows.Add('a', 'Paris', [DBNull]::Value)
        $null = $table.Rows.Add('b', [DBNull]::Value, 3)
        , $table
    }

    function Get-Held([string] $UserId) {
        $held = (Get-ChatUserAttribute -UserId $UserId -ErrorAction SilentlyContinue).Attributes
        ($held.Keys | Sort-Object -CaseSensitive | ForEach-Object { "$_=$($held[$_])" }) -join ';'
    }
}

AfterAll {
    Remove-TypeData RowWithLevel
    Remove-TypeData RowWithCity
    Disconnect-Chat
}

Describe 'Rows of <What>' -ForEach $kinds {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'sex', 'city', 'level' -WarningAction SilentlyContinue
    }

    It 'are set cell by cell, and an empty cell leaves its attribute alone' {
        $results = & $Rows (New-DataTable) | Set-ChatUserAttribute
        $results.Status | Select-Object -Unique | Should -BeIn 'Succeeded', 'Skipped'
        Get-Held 'a' | Should -BeExactly 'city=Paris'
        Get-Held 'b' | Should -BeExactly 'level=3'
    }

    It 'name their users' {
        $null = Set-ChatUserAttribute -UserId a, b -Attribute @{ sex = 'f' }
        (& $Rows (New-DataTable) | Get-ChatUserAttribute).UserId[0, 1] | Should -BeExactly @('a', 'b')
    }
}

Describe 'A row of a database' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'sex', 'city', 'level' -WarningAction SilentlyContinue
    }

    It 'without a user id fails alone' {
        $table = New-DataTable
        $null = $table.Rows.Add([DBNull]::Value, 'Rome', 1)
        $results = $table | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Succeeded', 'Failed')
        $results[2].ErrorId | Should -BeExactly 'MissingUserId'
    }

    It 'that was deleted from its table fails alone' {
        $table = New-DataTable
        $rows = @($table.Rows)
        $table.AcceptChanges()
        $rows[0].Delete()
        $results = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Failed', 'Succeeded')
        $results[0].ErrorId | Should -BeExactly 'UnreadableCell'
    }

    It 'has its columns and no others, so one that is no attribute is told alone' {
        $table = New-DataTable
        $null = $table.Columns.Add('town')
        { $table | Set-ChatUserAttribute } | Should -Throw -ErrorId 'InvalidAttribute,*' -ExpectedMessage "The app has no attribute 'town'. It has: sex, city, level.*"
    }

    It 'of another table is looked at anew' {
        $other = [System.Data.DataTable]::new()
        'city', 'User', 'UserId' | ForEach-Object { $null = $other.Columns.Add($_) }
        $null = $other.Rows.Add('Oslo', 'Jane', 'c')
        $null = @((New-DataTable).Rows) + @($other.Rows) | Set-ChatUserAttribute -Property city
        Get-Held 'c' | Should -BeExactly 'city=Oslo'
        (Get-ChatAccount Jane).AccountStatus | Should -Be 'NotImported'
    }
}

Describe 'A whole <What> in the place of its rows' -ForEach @(
    @{ What = 'data table'; Give = { , (New-DataTable) } }
    @{ What = 'view'; Give = { , (New-DataTable).DefaultView } }
    @{ What = 'data set'; Give = { $set = [System.Data.DataSet]::new(); $set.Tables.Add((New-DataTable)); $set } }
    @{ What = 'list'; Give = { , @([pscustomobject]@{ UserId = 'a'; city = 'x' }, [pscustomobject]@{ UserId = 'b'; city = 'x' }) } }
    @{ What = 'list of names'; Give = { , [System.Collections.Generic.List[string]]@('a', 'b') } }
) {
    BeforeAll {
        Connect-Chat -Emulator -AttributeName 'city', 'level' -WarningAction SilentlyContinue
    }

    It 'is told by <_>, and how to give the rows (P10)' -ForEach 'Set-ChatUserAttribute', 'Get-ChatUserAttribute', 'Import-ChatAccount', 'Remove-ChatAccount' {
        $whole = & $Give
        $problem = { & $_ -InputObject $whole } | Should -Throw -ErrorId 'ListIsNoRow,*' -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -Match '\$table\.Rows'
    }
}
