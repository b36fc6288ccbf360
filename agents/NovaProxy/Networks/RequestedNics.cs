using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Networks;

/// <summary>One interface as it was asked for (nova/objects/network_request.py: NetworkRequest).</summary>
internal sealed record NicRequest(string? NetworkId, string? Address, string? PortId, string? Tag)
{
    public bool IsUnspecified => NetworkId is null && Address is null && PortId is null;
}

/// <summary>The interfaces as they were asked for, in order (nova/objects/network_request.py: NetworkRequestList).</summary>
internal sealed record RequestedNics(IReadOnlyList<NicRequest> All)
{
    public static RequestedNics Of(VersionedObject? list) =>
        new([.. (list?.Objects() ?? []).Select(one => new NicRequest(one.Text("network_id"), one.Text("address"), one.Text("port_id"), one.Text("tag")))]);

    /// <summary><c>--nic none</c>.</summary>
    public bool None => All is [{ NetworkId: "none" }];

    /// <summary><c>--nic auto</c>.</summary>
    public bool Auto => All is [{ NetworkId: "auto" }];

    /// <summary>Nothing was said: the tenant's only network.</summary>
    public bool Unspecified => All.Count == 0 || All is [{ IsUnspecified: true }];

    public IEnumerable<string> PortIds => All.Select(one => one.PortId).OfType<string>();
}
