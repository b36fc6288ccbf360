using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>Which transfers to list (cinder/transfer/api.py: get_all).</summary>
public sealed record TransferFilter
{
    /// <summary>Of every project; for administrators.</summary>
    public bool AllTenants { get; init; }

    public string? VolumeId { get; init; }

    internal string ToQuery() => new Query().Add("all_tenants", AllTenants ? 1 : null).Add("volume_id", VolumeId).ToString();
}
