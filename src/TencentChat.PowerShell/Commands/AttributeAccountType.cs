namespace TencentChat.PowerShell.Commands;

/// <summary>Which accounts an attribute of the Push service is for (page 60563). The numbers are the service's own.</summary>
public enum AttributeAccountType
{
    /// <summary>Users of the app, by their user ids.</summary>
    UserId = 0,

    /// <summary>Devices without a login, by their registration ids.</summary>
    RegistrationId = 1,
}
