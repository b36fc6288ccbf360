namespace Cascade.NovaProxy.Networks;

/// <summary>An interface of an instance: a port of the parent that is bound to our host.</summary>
/// <param name="Premade">It was there before the instance and stays after it.</param>
internal sealed record Nic(string PortId, string NetworkId, string MacAddress, string? Tag, bool Premade);
