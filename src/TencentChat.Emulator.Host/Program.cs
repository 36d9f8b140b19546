using TencentChat.Emulator.Host;

return await HostCommand.Create().Parse(args).InvokeAsync(HostCommand.Configuration);
