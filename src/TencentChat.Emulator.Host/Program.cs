using TencentChat.Emulator.Host;

return await HostCommand.RunAsync(args, HostCommand.Configuration);
