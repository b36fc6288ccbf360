namespace Cascade.NovaProxy.Parent;

/// <summary>[DEFAULT] my_ip, shown where the parent wants an address.</summary>
internal sealed record HostAddress(string MyIp);
