namespace Cascade.OpenStack.Network;

/// <summary>What a conntrack helper says; asked for with all three, changed with those that are not null.</summary>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c>, …</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Helper">One of the cloud's <c>allowed_conntrack_helpers</c> with a protocol that it allows for it.</param>
public sealed record ConntrackRule(string? Protocol = null, int? Port = null, string? Helper = null);
