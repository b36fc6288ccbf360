namespace CinderProxy.Tests.Support;

/// <summary>The quota of a project: what cinder-api charges, what the rows add up to, and whether both agree (cinder-manage quota check).</summary>
sealed class Quota(ParentRows rows, string project)
{
    /// <summary>in_use, for each resource that is not 0.</summary>
    public IReadOnlyDictionary<string, int> InUse => Usage("in_use");

    /// <summary>What operations under way hold, for each resource that is not 0.</summary>
    public IReadOnlyDictionary<string, int> Reserved => Usage("reserved");

    /// <summary>Committed at once, as the API does for a create.</summary>
    public void Charge(string? type, params (string Resource, int Amount)[] amounts)
    {
        foreach (var (resource, amount) in Keys(type, amounts))
        {
            Add(resource, inUse: amount, reserved: 0);
        }
    }

    /// <summary>Reserved until the manager commits or takes it back (cinder/db/sqlalchemy/api.py: quota_reserve): less is reserved by nobody.</summary>
    /// <returns>Uuids of the reservations.</returns>
    public string[] Reserve(params (string Resource, int Delta)[] deltas) => [.. deltas.Select(one =>
    {
        Add(one.Resource, inUse: 0, reserved: Math.Max(one.Delta, 0));
        var uuid = Guid.NewGuid().ToString("D");
        rows.Insert(
            "reservations", ("id", rows.Number("SELECT COUNT(*) + 1 FROM reservations")), ("uuid", uuid), ("usage_id", IdOf(one.Resource)), ("project_id", project),
            ("resource", one.Resource), ("delta", one.Delta), ("expire", "2099-01-01 00:00:00.000000"));
        return uuid;
    })];

    public void Limit(string resource, int limit) => rows.Insert(
        "quotas", ("id", rows.Number("SELECT COUNT(*) + 1 FROM quotas")), ("project_id", project), ("resource", resource), ("hard_limit", limit));

    /// <summary>What the rows that live add up to (cinder/db/sqlalchemy/api.py: QUOTA_SYNC_FUNCTIONS).</summary>
    public IReadOnlyDictionary<string, int> Recount()
    {
        var sum = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows.Rows(
            """
            SELECT v.size AS size, t.name AS type FROM volumes v LEFT JOIN volume_types t ON t.id = v.volume_type_id
            WHERE v.deleted=0 AND v.project_id=@p0 AND COALESCE(v.use_quota, 1)=1
            """,
            project))
        {
            Count(sum, row, "volumes");
        }

        foreach (var row in rows.Rows(
            """
            SELECT s.volume_size AS size, t.name AS type FROM snapshots s LEFT JOIN volumes v ON v.id = s.volume_id LEFT JOIN volume_types t ON t.id = v.volume_type_id
            WHERE s.deleted=0 AND s.project_id=@p0 AND COALESCE(s.use_quota, 1)=1
            """,
            project))
        {
            Count(sum, row, "snapshots");
        }

        if (rows.Number("SELECT COUNT(*) FROM groups WHERE deleted=0 AND project_id=@p0", project) is > 0 and var groups)
        {
            sum["groups"] = groups;
        }

        return sum.Where(one => one.Value != 0).ToDictionary();
    }

    /// <summary>Usage is what the rows say, and nothing is held.</summary>
    public void ExpectWhole() => Assert.Multiple(() =>
    {
        Assert.That(InUse, Is.EquivalentTo(Recount()), "in use");
        Assert.That(Reserved, Is.Empty, "reserved");
        Assert.That(rows.Texts("SELECT resource FROM reservations WHERE deleted=0 AND project_id=@p0", project), Is.Empty, "reservations");
    });

    static void Count(Dictionary<string, int> sum, IReadOnlyDictionary<string, object?> row, string noun)
    {
        foreach (var (resource, amount) in Keys((string?)row["type"], [(noun, 1), ("gigabytes", (int)(long)row["size"]!)]))
        {
            sum[resource] = sum.GetValueOrDefault(resource) + amount;
        }
    }

    static IEnumerable<(string Resource, int Amount)> Keys(string? type, (string Resource, int Amount)[] amounts) =>
        amounts.SelectMany(one => type is null ? [one] : new[] { one, ($"{one.Resource}_{type}", one.Amount) });

    IReadOnlyDictionary<string, int> Usage(string column) => rows.Rows($"SELECT resource, {column} AS n FROM quota_usages WHERE deleted=0 AND project_id=@p0 AND {column}<>0", project)
        .ToDictionary(row => (string)row["resource"]!, row => (int)(long)row["n"]!, StringComparer.Ordinal);

    void Add(string resource, int inUse, int reserved)
    {
        if (rows.Run("UPDATE quota_usages SET in_use=in_use+@p0, reserved=reserved+@p1 WHERE project_id=@p2 AND resource=@p3", inUse, reserved, project, resource) == 0)
        {
            rows.Insert(
                "quota_usages", ("id", rows.Number("SELECT COUNT(*) + 1 FROM quota_usages")), ("project_id", project), ("resource", resource),
                ("in_use", inUse), ("reserved", reserved), ("race_preventer", 1));
        }
    }

    int IdOf(string resource) => rows.Number("SELECT id FROM quota_usages WHERE project_id=@p0 AND resource=@p1", project, resource);
}
