namespace Cascade.CinderProxy.Parent.Database;

/// <summary>
/// quota_usages, reservations and limits. Locks are taken as cinder takes them, usages by id and then reservations
/// (cinder/db/sqlalchemy/api.py, note before _get_quota_usages), so that the two never wait for each other in a ring.
/// </summary>
internal sealed class Quotas(CinderWork work)
{
    /// <summary>
    /// Something is gone: in_use falls at once, as a negative reservation and its commit would have it. A usage without a row is left out: cinder makes it by
    /// counting when it is asked for.
    /// </summary>
    /// <param name="projectId">the resource's, not the caller's.</param>
    public async Task FreeAsync(string projectId, IReadOnlyDictionary<string, int> charge)
    {
        foreach (var usage in await LockAsync(projectId, charge))
        {
            await SetAsync(usage, usage.Charge(-charge[usage.Resource]));
        }
    }

    /// <summary>Something came that nobody reserved for (manage). Returns the resources whose limit it would pass; then nothing is written.</summary>
    public async Task<IReadOnlyList<string>> TakeAsync(string projectId, IReadOnlyDictionary<string, int> charge)
    {
        var limits = await LimitsAsync(projectId, [.. charge.Keys]);
        var usages = await LockAsync(projectId, charge);
        List<string> over =
        [
            .. from usage in usages
            where usage.Passes(charge[usage.Resource], limits.GetValueOrDefault(usage.Resource, -1))
            select usage.Resource,
        ];
        if (over.Count == 0)
        {
            foreach (var usage in usages)
            {
                await SetAsync(usage, usage.Charge(charge[usage.Resource]));
            }
        }

        return over;
    }

    /// <summary>What was reserved came true. Reservations that are gone (they expire after a day) are passed over.</summary>
    public Task CommitAsync(IReadOnlyCollection<string> reservations) => EndAsync(reservations, (usage, delta) => usage.Commit(delta));

    /// <summary>What was reserved came to nothing.</summary>
    public Task RollBackAsync(IReadOnlyCollection<string> reservations) => EndAsync(reservations, (usage, delta) => usage.RollBack(delta));

    /// <summary>Whether there were any and none is left open: the order that they were made for has ended. (Cinder itself ends those that nobody settles for a day.)</summary>
    public async Task<bool> AreSettledAsync(IReadOnlyCollection<string>? reservations) =>
        reservations is { Count: > 0 } && (await work.RowsAsync(Statements.ReservationsGet, row => row.Int("id"), ("uuids", reservations))).Count == 0;

    /// <summary>hard_limit by resource: the project's own, else that of the class default; -1 is none. What neither names is not in it.</summary>
    public async Task<IReadOnlyDictionary<string, int>> LimitsAsync(string projectId, IReadOnlyCollection<string> resources)
    {
        var limits = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var rows in new[]
        {
            await work.RowsAsync(Statements.QuotaClassLimits, Limit, ("resources", resources)),
            await work.RowsAsync(Statements.QuotaLimits, Limit, ("project", projectId), ("resources", resources)),
        })
        {
            foreach (var (resource, limit) in rows)
            {
                limits[resource] = limit;
            }
        }

        return limits;
    }

    static (string Resource, int Limit) Limit(Row row) => (row.Text("resource"), row.IntOrNull("hard_limit") ?? -1);

    // MySQL compares without case, and a type name may differ from another one by that only: what is not asked for in these very letters is no usage of ours.
    async Task<IReadOnlyList<QuotaUsage>> LockAsync(string projectId, IReadOnlyDictionary<string, int> charge) =>
        [.. (await work.RowsAsync(Statements.QuotaUsageLock, QuotaUsage.Read, ("project", projectId), ("resources", charge.Keys.ToList())))
            .Where(usage => charge.ContainsKey(usage.Resource))];

    async Task EndAsync(IReadOnlyCollection<string> uuids, Func<QuotaUsage, int, QuotaUsage> end)
    {
        if (uuids.Count == 0)
        {
            return;
        }

        var usages = new SortedDictionary<int, (QuotaUsage Before, QuotaUsage After)>();
        foreach (var seen in await work.RowsAsync(Statements.QuotaUsagesOfReservations, QuotaUsage.Read, ("uuids", uuids)))
        {
            if (await work.RowAsync(Statements.QuotaUsageById, QuotaUsage.Read, ("uid", seen.Id)) is { } usage)
            {
                usages[usage.Id] = (usage, usage);
            }
        }

        var open = await work.RowsAsync(
            Statements.ReservationsGet, row => (Id: row.Int("id"), UsageId: row.IntOrNull("usage_id"), Delta: row.Int("delta")), ("uuids", uuids));
        foreach (var reservation in open)
        {
            if (reservation.UsageId is { } id && usages.TryGetValue(id, out var usage))
            {
                usages[id] = usage with { After = end(usage.After, reservation.Delta) };
            }
        }

        foreach (var (before, after) in usages.Values)
        {
            await SetAsync(before, after);
        }

        foreach (var reservation in open)
        {
            await work.ExecuteAsync(Statements.ReservationDone, ("rid", reservation.Id));
        }
    }

    async Task SetAsync(QuotaUsage before, QuotaUsage after)
    {
        if (after != before)
        {
            await work.ExecuteAsync(Statements.QuotaUsageSet, ("uid", after.Id), ("in_use", after.InUse), ("reserved", after.Reserved));
        }
    }
}
