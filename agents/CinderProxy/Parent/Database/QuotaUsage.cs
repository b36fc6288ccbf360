namespace Cascade.CinderProxy.Parent.Database;

/// <summary>A row of <c>quota_usages</c>, and what becomes of it. Pure.</summary>
/// <param name="InUse">what exists.</param>
/// <param name="Reserved">what operations under way will add.</param>
internal sealed record QuotaUsage(int Id, string Resource, int InUse, int Reserved)
{
    internal static QuotaUsage Read(Row row) => new(row.Int("id"), row.Text("resource"), row.Int("in_use"), row.Int("reserved"));

    /// <summary>cinder/db/sqlalchemy/api.py: reservation_commit. What was freed never makes less than nothing.</summary>
    public QuotaUsage Commit(int delta) => delta >= 0
        ? this with { Reserved = Reserved - Math.Min(delta, Reserved), InUse = InUse + delta }
        : this with { InUse = -delta > InUse ? 0 : InUse + delta };

    /// <summary>reservation_rollback.</summary>
    public QuotaUsage RollBack(int delta) => delta >= 0 ? this with { Reserved = Reserved - Math.Min(delta, Reserved) } : this;

    /// <summary>A reservation of the delta and its commit, in one: <see cref="Reserved"/> is where it was.</summary>
    public QuotaUsage Charge(int delta) => delta >= 0 ? this with { InUse = InUse + delta } : Commit(delta);

    /// <summary>quota_reserve: would this delta pass the limit? A negative limit is none.</summary>
    public bool Passes(int delta, int limit) => limit >= 0 && delta >= 0 && limit < InUse + Reserved + delta;
}
