using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which ports to list. Several values of one member are an or, several members an and.</summary>
public sealed record PortFilter : ListFilter
{
    /// <summary>On one of these networks.</summary>
    public IReadOnlyList<string>? NetworkIds { get; init; }

    /// <summary>With one of these MACs.</summary>
    public IReadOnlyList<string>? MacAddresses { get; init; }

    /// <summary>Used by one of these.</summary>
    public IReadOnlyList<string>? DeviceIds { get; init; }

    public IReadOnlyList<string>? DeviceOwners { get; init; }

    public IReadOnlyList<string>? Statuses { get; init; }

    public bool? AdminStateUp { get; init; }

    /// <summary>Has one of these groups (db/securitygroups_db.py: _apply_security_groups_filter…).</summary>
    public IReadOnlyList<string>? SecurityGroups { get; init; }

    public string? BindingHostId { get; init; }

    /// <summary><c>subnet_id=…</c>, <c>ip_address=…</c> or <c>ip_address_substr=…</c>.</summary>
    public IReadOnlyList<string>? FixedIps { get; init; }

    private protected override void Say(Query query) => query
        .AddEach("network_id", NetworkIds)
        .AddEach("mac_address", MacAddresses)
        .AddEach("device_id", DeviceIds)
        .AddEach("device_owner", DeviceOwners)
        .AddEach("status", Statuses)
        .Add("admin_state_up", AdminStateUp)
        .AddEach("security_groups", SecurityGroups)
        .Add("binding:host_id", BindingHostId)
        .AddEach("fixed_ips", FixedIps);
}
