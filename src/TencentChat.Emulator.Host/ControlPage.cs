namespace TencentChat.Emulator.Host;

/// <summary>The files of the page, out of the assembly.</summary>
internal static class ControlPage
{
    // Nothing from elsewhere, nothing inline: whatever traffic carries into the page cannot become code.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    private const string Prefix = "Page/";

    /// <summary>The names of the files.</summary>
    public static IEnumerable<string> Files { get; } =
        [.. typeof(ControlPage).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..])];

    public static IResult Get(string name) => new File(name);

    private sealed class File(string name) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ContentSecurityPolicy = Policy;
            httpContext.Response.ContentType = Path.GetExtension(name) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                _ => "text/html; charset=utf-8",
            };
            await using Stream content = typeof(ControlPage).Assembly.GetManifestResourceStream(Prefix + name)!;
            httpContext.Response.ContentLength = content.Length;
            await content.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}
