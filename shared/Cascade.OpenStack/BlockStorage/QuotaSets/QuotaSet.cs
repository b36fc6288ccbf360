using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cascade.OpenStack.BlockStorage;

/// <summary>
/// Limits and usage of one project by resource (cinder/api/contrib/quotas.py: QuotaSetsController.show): <c>volumes</c>, <c>gigabytes</c>, <c>snapshots</c>,
/// <c>backups</c>, <c>backup_gigabytes</c>, <c>groups</c>, <c>per_volume_gigabytes</c>, and the first three again for each volume type, <c>volumes_&lt;name&gt;</c>.
/// </summary>
public sealed class QuotaSet
{
    private readonly Dictionary<string, QuotaUsage> resources;

    internal QuotaSet(Dictionary<string, JsonElement> members) => resources = members
        .Where(member => member.Value.ValueKind is JsonValueKind.Object)
        .ToDictionary(member => member.Key, member => member.Value.Deserialize(BlockStorageJson.Default.QuotaUsage)!, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, QuotaUsage> Resources => resources;

    /// <summary>Null for a resource that the cloud does not know.</summary>
    public QuotaUsage? this[string resource] => resources.GetValueOrDefault(resource);
}

/// <summary>One resource of a project; a limit of -1 is none.</summary>
public sealed record QuotaUsage(int Limit, int InUse, int Reserved);

internal sealed record QuotaSetBody([property: JsonRequired] Dictionary<string, JsonElement> QuotaSet);

internal sealed record QuotaSetUpdateBody(IReadOnlyDictionary<string, int> QuotaSet);
