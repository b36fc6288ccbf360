using Cascade.CinderProxy.Parent.Database;
using CsCheck;

namespace CinderProxy.Tests.Database;

/// <summary>The arithmetic, against what cinder/db/sqlalchemy/api.py does to a usage, line by line.</summary>
sealed class QuotaUsageTests
{
    static readonly Gen<(int InUse, int Reserved, int Delta)> Any = Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[-60, 60]);

    [Test]
    public void A_commit_is_cinders() => Any.Sample(one =>
    {
        var (inUse, reserved, delta) = one;
        if (delta >= 0)
        {
            reserved -= Math.Min(delta, reserved);
        }
        else if (-delta > inUse)
        {
            delta = -inUse;
        }

        inUse += delta;
        Assert.That(new QuotaUsage(1, "r", one.InUse, one.Reserved).Commit(one.Delta), Is.EqualTo(new QuotaUsage(1, "r", inUse, reserved)));
    });

    [Test]
    public void A_rollback_undoes_a_reservation() => Any.Where(one => one.Delta >= 0).Sample(one =>
    {
        var usage = new QuotaUsage(1, "r", one.InUse, one.Reserved);
        Assert.That((usage with { Reserved = usage.Reserved + one.Delta }).RollBack(one.Delta), Is.EqualTo(usage));
    });

    // quota_reserve adds to reserved only what is more than nothing.
    [Test]
    public void A_charge_is_a_reservation_and_its_commit() => Any.Sample(one =>
    {
        var usage = new QuotaUsage(1, "r", one.InUse, one.Reserved);
        var reserved = usage with { Reserved = usage.Reserved + Math.Max(0, one.Delta) };
        Assert.That(usage.Charge(one.Delta), Is.EqualTo(reserved.Commit(one.Delta)));
    });

    [Test]
    public void Nothing_falls_below_nothing() => Gen.Select(Any, Gen.Int[0, 2]).Sample((one, step) =>
    {
        var usage = new QuotaUsage(1, "r", one.InUse, one.Reserved);
        var after = step switch { 0 => usage.Commit(one.Delta), 1 => usage.RollBack(one.Delta), _ => usage.Charge(one.Delta) };
        Assert.That((after.InUse, after.Reserved), Is.EqualTo((Math.Max(0, after.InUse), Math.Max(0, after.Reserved))));
    });

    [TestCase(4, 1, 3, 7, true)]
    [TestCase(4, 1, 2, 7, false)]
    [TestCase(4, 1, 2, -1, false)]
    [TestCase(9, 0, -1, 7, false)]
    public void A_limit_counts_what_is_reserved(int inUse, int reserved, int delta, int limit, bool passes) =>
        Assert.That(new QuotaUsage(1, "r", inUse, reserved).Passes(delta, limit), Is.EqualTo(passes));

    [Test]
    public void What_a_thing_takes_is_counted_for_its_type_too()
    {
        Assert.That(
            QuotaCharge.Volume(5, "Gold"),
            Is.EqualTo(new Dictionary<string, int>(StringComparer.Ordinal) { ["volumes"] = 1, ["volumes_Gold"] = 1, ["gigabytes"] = 5, ["gigabytes_Gold"] = 5 }));
        Assert.That(QuotaCharge.Volume(5, null).Keys, Is.EqualTo(["volumes", "gigabytes"]));
        Assert.That(QuotaCharge.Snapshot(5, "Gold", withGigabytes: false).Keys, Is.EqualTo(["snapshots", "snapshots_Gold"]));
        Assert.That(QuotaCharge.Snapshot(5, null)["gigabytes"], Is.EqualTo(5));
    }
}
