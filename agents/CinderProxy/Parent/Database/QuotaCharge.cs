namespace Cascade.CinderProxy.Parent.Database;

/// <summary>How much of what quota something takes: cinder/quota.py, with the keys of its type by name (add_volume_type_opts).</summary>
internal static class QuotaCharge
{
    /// <param name="typeName">volume_types.name, also of a deleted type; null when there is none.</param>
    public static IReadOnlyDictionary<string, int> Volume(int gigabytes, string? typeName) => Typed(typeName, ("volumes", 1), ("gigabytes", gigabytes));

    /// <summary>Of a volume that is counted already: what its size adds.</summary>
    public static IReadOnlyDictionary<string, int> Gigabytes(int gigabytes, string? typeName) => Typed(typeName, ("gigabytes", gigabytes));

    /// <param name="typeName">of the snapshot's volume.</param>
    /// <param name="withGigabytes">false with the parent's [DEFAULT] no_snapshot_gb_quota.</param>
    public static IReadOnlyDictionary<string, int> Snapshot(int gigabytes, string? typeName, bool withGigabytes = true) =>
        withGigabytes ? Typed(typeName, ("snapshots", 1), ("gigabytes", gigabytes)) : Typed(typeName, ("snapshots", 1));

    /// <summary>No type counts backups.</summary>
    public static IReadOnlyDictionary<string, int> Backup(int gigabytes) => Typed(null, ("backups", 1), ("backup_gigabytes", gigabytes));

    public static IReadOnlyDictionary<string, int> Group() => Typed(null, ("groups", 1));

    static Dictionary<string, int> Typed(string? typeName, params (string Resource, int Amount)[] amounts)
    {
        var charge = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (resource, amount) in amounts)
        {
            charge[resource] = amount;
            if (!string.IsNullOrEmpty(typeName))
            {
                charge[$"{resource}_{typeName}"] = amount;
            }
        }

        return charge;
    }
}
