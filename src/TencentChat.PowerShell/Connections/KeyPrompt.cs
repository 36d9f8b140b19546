using System.Management.Automation;
using System.Management.Automation.Host;
using TencentChat.Errors;

namespace TencentChat.PowerShell.Connections;

/// <summary>Asks for the secret key as the engine asks for a credential.</summary>
internal static class KeyPrompt
{
    /// <exception cref="ChatConfigurationException">There is nobody to ask, or the answer is none.</exception>
    public static PSCredential Ask(PSHost host, long sdkAppId, string adminUserId)
    {
        PSCredential? answer;
        try
        {
            answer = host.UI.PromptForCredential("Connect-Chat", $"The secret key of app {sdkAppId}, as the console shows it.", adminUserId, string.Empty);
        }
        catch (Exception fault) when (fault is HostException or PSInvalidOperationException or PSNotImplementedException)
        {
            throw new ChatConfigurationException("Nobody can be asked for the secret key here: give -Credential, -SecretKey or -UserSig.", fault);
        }

        return answer ?? throw new ChatConfigurationException("No secret key was given.");
    }
}
