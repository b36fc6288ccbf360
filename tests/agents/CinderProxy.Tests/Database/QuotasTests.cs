using Cascade.CinderProxy.Parent.Database;
using CinderProxy.Tests.Database.Servers;

namespace CinderProxy.Tests.Database;

[TestFixtureSource(typeof(DatabaseServers), nameof(DatabaseServers.All))]
sealed class QuotasTests(DatabaseKind kind, string release) : OnEveryServer(kind, release)
{
    string _project = "";

    [SetUp]
    public void NewProject() => _project = Guid.NewGuid().ToString("N");

    [Test]
    public async Task What_is_gone_is_free_at_once_and_never_less_than_nothing()
    {
        var volumes = await Database.UsageAsync(_project, "volumes", 3, reserved: 2);
        var gigabytes = await Database.UsageAsync(_project, "gigabytes", 4);
        var typed = await Database.UsageAsync(_project, "gigabytes_Gold", 9);
        var other = await Database.UsageAsync("another" + _project, "volumes", 3);

        await Database.WorkAsync(work => work.Quotas.FreeAsync(_project, QuotaCharge.Volume(5, "Gold")));

        Assert.That(
            new[] { await UsedAsync(volumes), await UsedAsync(gigabytes), await UsedAsync(typed), await UsedAsync(other) },
            Is.EqualTo([("2", "2"), ("0", "0"), ("4", "0"), ("3", "0")]));
    }

    [Test]
    public async Task A_commit_moves_what_was_reserved_and_passes_over_what_is_gone()
    {
        var old = await Database.UsageAsync(_project, "gigabytes_old", 4);
        var now = await Database.UsageAsync(_project, "gigabytes_new", 1, reserved: 5);
        string[] reservations =
        [
            await Database.ReservationAsync(old, "gigabytes_old", -6), await Database.ReservationAsync(now, "gigabytes_new", 3), await Database.ReservationAsync(now, "gigabytes_new", 4),
            Guid.NewGuid().ToString(),
        ];

        await Database.WorkAsync(work => work.Quotas.CommitAsync(reservations));
        await Database.WorkAsync(work => work.Quotas.CommitAsync(reservations));

        Assert.That(new[] { await UsedAsync(old), await UsedAsync(now) }, Is.EqualTo([("0", "0"), ("8", "0")]), "and the second commit finds nothing");
    }

    [Test]
    public async Task A_rollback_gives_back_what_was_reserved_and_leaves_what_is_in_use()
    {
        var usage = await Database.UsageAsync(_project, "gigabytes", 4, reserved: 5);
        string[] reservations = [await Database.ReservationAsync(usage, "gigabytes", 3), await Database.ReservationAsync(usage, "gigabytes", -2)];

        await Database.WorkAsync(work => work.Quotas.RollBackAsync(reservations));
        await Database.WorkAsync(work => work.Quotas.RollBackAsync([]));

        Assert.That(await UsedAsync(usage), Is.EqualTo(("4", "2")));
    }

    [Test]
    public async Task What_would_pass_a_limit_is_named_and_not_taken()
    {
        var gigabytes = await Database.UsageAsync(_project, "gigabytes", 4, reserved: 1);
        var typed = await Database.UsageAsync(_project, "gigabytes_Gold", 4);
        await Database.InsertAsync("quotas", ("id", gigabytes), ("project_id", _project), ("resource", "gigabytes"), ("hard_limit", 7));
        await Database.InsertAsync("quota_classes", ("id", gigabytes), ("class_name", "default"), ("resource", "gigabytes"), ("hard_limit", 1000));
        await Database.InsertAsync("quota_classes", ("id", typed), ("class_name", "default"), ("resource", "gigabytes_Gold"), ("hard_limit", -1));

        Assert.That(await Database.DoneAsync(work => work.Quotas.TakeAsync(_project, QuotaCharge.Gigabytes(3, "Gold"))), Is.EqualTo(["gigabytes"]));
        Assert.That(await UsedAsync(typed), Is.EqualTo(("4", "0")));
        Assert.That(await Database.DoneAsync(work => work.Quotas.TakeAsync(_project, QuotaCharge.Gigabytes(2, "Gold"))), Is.Empty);
        Assert.That(new[] { await UsedAsync(gigabytes), await UsedAsync(typed) }, Is.EqualTo([("6", "1"), ("6", "0")]));
    }

    [Test]
    public async Task A_type_of_another_case_is_another_type()
    {
        var typed = await Database.UsageAsync(_project, "gigabytes_GOLD", 4);

        await Database.WorkAsync(work => work.Quotas.FreeAsync(_project, QuotaCharge.Volume(1, "gold")));

        Assert.That(await UsedAsync(typed), Is.EqualTo(("4", "0")));
    }

    [Test]
    public async Task Many_that_free_at_once_lose_nothing()
    {
        var usage = await Database.UsageAsync(_project, "volumes", 40);
        var gigabytes = await Database.UsageAsync(_project, "gigabytes", 400);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Database.WorkAsync(work => work.Quotas.FreeAsync(_project, QuotaCharge.Volume(5, null))))));

        Assert.That(new[] { await UsedAsync(usage), await UsedAsync(gigabytes) }, Is.EqualTo([("20", "0"), ("300", "0")]));
    }

    async Task<(string?, string?)> UsedAsync(int usage) =>
        (await Database.ValueAsync("quota_usages", "in_use", $"id={usage}"), await Database.ValueAsync("quota_usages", "reserved", $"id={usage}"));
}
