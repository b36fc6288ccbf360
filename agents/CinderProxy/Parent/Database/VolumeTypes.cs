namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A volume type with its extra specs, also a deleted one: its volumes outlive it.</summary>
internal sealed record VolumeTypeRow(string Id, string? Name, string? QosSpecsId, IReadOnlyDictionary<string, string?> ExtraSpecs);

/// <summary>The tables <c>volume_types</c>, <c>volume_type_extra_specs</c> and <c>encryption</c>, never written here.</summary>
internal sealed class VolumeTypes(CinderWork work)
{
    public async Task<VolumeTypeRow?> GetAsync(string id)
    {
        var rows = await work.RowsAsync(
            Statements.TypeSpecs,
            row => (Id: row.Text("id"), Name: row.TextOrNull("name"), Qos: row.TextOrNull("qos_specs_id"), Key: row.TextOrNull("key"), Value: row.TextOrNull("value")),
            ("type", id));
        return rows is [var first, ..]
            ? new(first.Id, first.Name, first.Qos, rows.Where(row => row.Key is not null).Select(row => KeyValuePair.Create(row.Key!, row.Value)).ToDictionary())
            : null;
    }

    /// <summary>Those that are not deleted, by name.</summary>
    public async Task<IReadOnlyList<VolumeTypeRow>> AllAsync()
    {
        var types = new List<VolumeTypeRow>();
        foreach (var id in await work.RowsAsync(Statements.TypeIds, row => row.Text("id")))
        {
            if (await GetAsync(id) is { } type)
            {
                types.Add(type);
            }
        }

        return types;
    }

    /// <summary>Whether the parent would encrypt volumes of this type, with a key that the child knows nothing of.</summary>
    public async Task<bool> IsEncryptedAsync(string id) => await work.ScalarAsync(Statements.TypeEncryption, ("type", id)) is not null;
}
