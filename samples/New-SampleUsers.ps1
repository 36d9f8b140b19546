<#
.SYNOPSIS
    Writes the sample table of made-up users, samples/users.csv.
.DESCRIPTION
    The table is the one an export would hand to an admin: UTF-8 with a byte order mark, rows ended by CR LF, cells quoted
    only where they must be. Among ordinary rows in fourteen languages it holds every awkward cell that such files bring.

    The same script always writes the same bytes: what looks random comes from a small generator with a fixed start. After a
    change here, run the script again and commit both; a test compares them.

    Two rows can't be accepted and must be told apart from the rest: one has no user id, one has a city of 51 bytes.
.PARAMETER Path
    The file to write. An existing file is replaced. Default: users.csv beside this script.
.EXAMPLE
    ./samples/New-SampleUsers.ps1
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [ValidateNotNullOrEmpty()]
    [string] $Path = (Join-Path $PSScriptRoot 'users.csv')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$languages = @(
    @{ Code = 'zh'; Names = 'wei', 'fang', 'jun', 'mei', 'hao', 'xiu'; Cities = '北京', '上海', '深圳', '成都', '杭州', '西安', '哈尔滨' }
    @{ Code = 'ja'; Names = 'yui', 'haruto', 'sora', 'rin', 'kenji'; Cities = '東京', '大阪', '京都', '札幌', '福岡', 'さいたま' }
    @{ Code = 'ko'; Names = 'jisoo', 'minjun', 'seoyeon', 'hyun'; Cities = '서울', '부산', '인천', '대구', '제주' }
    @{ Code = 'ar'; Names = 'omar', 'layla', 'yusuf', 'nour'; Cities = 'القاهرة', 'الرياض', 'دبي', 'بيروت', 'الدار البيضاء' }
    @{ Code = 'he'; Names = 'noam', 'tamar', 'eitan', 'maya'; Cities = 'ירושלים', 'תל אביב', 'חיפה', 'באר שבע' }
    @{ Code = 'hi'; Names = 'arjun', 'priya', 'rohan', 'ananya'; Cities = 'दिल्ली', 'मुंबई', 'जयपुर', 'लखनऊ', 'वाराणसी' }
    @{ Code = 'th'; Names = 'somchai', 'malee', 'anong', 'niran'; Cities = 'กรุงเทพฯ', 'เชียงใหม่', 'ภูเก็ต', 'ขอนแก่น' }
    @{ Code = 'ru'; Names = 'ivan', 'olga', 'pavel', 'daria'; Cities = 'Москва', 'Казань', 'Екатеринбург', 'Йошкар-Ола' }
    @{ Code = 'el'; Names = 'nikos', 'eleni', 'giorgos', 'sofia'; Cities = 'Αθήνα', 'Θεσσαλονίκη', 'Πάτρα', 'Ηράκλειο' }
    @{ Code = 'tr'; Names = 'emre', 'zeynep', 'can', 'elif'; Cities = 'İstanbul', 'Diyarbakır', 'İzmir', 'Şanlıurfa', 'Eskişehir' }
    @{ Code = 'vi'; Names = 'linh', 'minh', 'thao', 'quang'; Cities = 'Hà Nội', 'Đà Nẵng', 'Huế', 'Cần Thơ', 'Buôn Ma Thuột' }
    @{ Code = 'pt'; Names = 'joao', 'ines', 'tiago', 'beatriz'; Cities = 'São Paulo', 'Lisboa', 'Florianópolis', 'Évora', 'Maceió' }
    @{ Code = 'pl'; Names = 'kasia', 'piotr', 'zofia', 'marek'; Cities = 'Łódź', 'Gdańsk', 'Kraków', 'Częstochowa', 'Świnoujście' }
    @{ Code = 'en'; Names = 'amelia', 'jack', 'grace', 'oliver'; Cities = 'London', 'Dublin', 'Wellington', 'Vancouver', "St. John's" }
)

# Sixteen characters of three bytes and two of one: the longest city that the service takes.
$fiftyBytes = 'ab' + '京' * 16
$fiftyOneBytes = '京' * 17

# What real files bring, keyed by the row (counted from 1, without the heading) that it takes.
$awkward = [ordered]@{
    7 = 'quotes_0001', 'female', 'The "Big" Apple', '12'
    23 = 'comma_0001', 'male', 'Washington, D.C.', '3'
    41 = 'lines_0001', 'female', "上海`n浦东新区", '55'
    42 = 'lines_0002', 'male', "Rio de Janeiro`r`nCopacabana", '56'
    66 = 'empty_0001', '', 'Zürich', '1'
    67 = 'empty_0002', 'female', '', '2'
    68 = 'empty_0003', '', '', '3'
    # Two rows for one account side by side: the later row wins, and its empty cell leaves the earlier value alone.
    90 = 'twice_near', 'male', 'Porto', '3'
    91 = 'twice_near', '', 'Coimbra', '4'
    # The same, 1,500 rows apart.
    120 = 'twice_far', 'female', 'Genève', '10'
    150 = 'Case_0001', 'female', '上海', '1'
    151 = 'case_0001', 'male', '北京', '2'
    152 = 'CASE_0001', 'female', '广州', '3'
    210 = 'limit_bytes', 'female', $fiftyBytes, '50'
    277 = '', 'male', 'Paris', '4'
    333 = 'emoji_0001', 'female', '🏝️ Malé 🐠', '8'
    334 = 'emoji_0002', 'male', '👩‍👩‍👧‍👦', '9'
    335 = 'emoji_0003', 'female', '🇸🇬', '10'
    400 = 'beyond_bmp', 'male', '𠮷野町', '11'
    # One city in composed and in decomposed letters: different text, never made equal.
    455 = 'composed', 'female', "S$([char]0xE3)o Paulo", '12'
    456 = 'decomposed', 'female', "Sa$([char]0x303)o Paulo", '12'
    512 = '000123', 'male', 'Łomża', '007'
    513 = '1e5', 'female', 'null', '-1'
    600 = 'spaces_0001', 'female', ' Île de Ré ', '13'
    601 = 'tab_0001', 'male', "Aix`tles Bains", '14'
    777 = 'this_user_id_is_32_bytes_long_ab', 'female', 'Москва', '32'
    # The city is one byte too long, so nothing of this row may be sent: the account keeps what row 210 gave it.
    1404 = 'limit_bytes', 'male', $fiftyOneBytes, '51'
    1620 = 'twice_far', '', 'Lausanne', ''
}

$state = 20240229L
function Get-Next([int] $Below) {
    $script:state = ($script:state * 1103515245L + 12345L) -band 0x7fffffffL
    [int](($script:state -shr 12) % $Below)
}

function Format-Cell([string] $Text) {
    if ($Text -match '[",\r\n]|^\s|\s$') { '"' + $Text.Replace('"', '""') + '"' } else { $Text }
}

$file = [System.Text.StringBuilder]::new("UserId,sex,city,level`r`n")
foreach ($row in 1..2400) {
    $language = $languages[$row % $languages.Count]
    # Drawn for the awkward rows too, so that adding one leaves its neighbours as they are.
    $name = $language.Names[(Get-Next $language.Names.Count)]
    $sex = 'female', 'male', 'female', 'male', ''
    $sex = $sex[(Get-Next $sex.Count)]
    $city = $language.Cities[(Get-Next $language.Cities.Count)]
    $level = [string](Get-Next 100)
    $cells = $awkward.Contains([object]$row) ? $awkward[[object]$row] : @("$($name)_$($language.Code)_$($row.ToString('d4'))", $sex, $city, $level)
    $null = $file.AppendJoin(',', [string[]]($cells | ForEach-Object { Format-Cell $_ })).Append("`r`n")
}

$fullPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
[System.IO.File]::WriteAllText($fullPath, $file.ToString(), [System.Text.UTF8Encoding]::new($true))
