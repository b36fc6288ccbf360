using Cascade.NovaProxy.Capacity;

namespace NovaProxy.Tests.Capacity;

public sealed class OtherSourcesTest
{
    static readonly OwnUse Ours = new(new HashSet<string>(), 1, 2, 1024, 10);

    [Test]
    public void Hypervisors_count_physically_and_what_is_not_ours_is_reserved()
    {
        var capacity = HypervisorCapacity.Of([new(true, 8, 5, 16384, 4096, 100, 30), new(true, 8, 1, 16384, 512, 100, 0)], Ours);

        Assert.Multiple(() =>
        {
            Assert.That(capacity.Vcpu, Is.EqualTo(new Amount(16, 4, 7)));
            Assert.That(capacity.MemoryMb, Is.EqualTo(new Amount(32768, 3584, 15872)));
            Assert.That(capacity.DiskGb, Is.EqualTo(new Amount(200, 20, 100)));
        });
    }

    [Test]
    public void A_hypervisor_that_is_overcommitted_or_down_gives_nothing_new()
    {
        var capacity = HypervisorCapacity.Of([new(true, 4, 9, 1, 1, 1, 1), new(false, 8, 3, 1, 1, 1, 1)], OwnUse.None);

        Assert.That(capacity.Vcpu, Is.EqualTo(new Amount(12, 12, 1)));
    }

    [TestCase(20, 6, 20, 4, TestName = "quota of 20, six used of which two by us: four are reserved")]
    [TestCase(20, 1, 20, 0, TestName = "quota that does not count ours yet: nothing is reserved, never less than nothing")]
    [TestCase(-1, 6, 1_000_000, 0, TestName = "no limit: endless, the child has the last word")]
    [TestCase(0, 0, 1, 1, TestName = "a quota of nothing: one unit that is reserved")]
    public void Limits_are_the_quota(long most, long used, long total, long reserved)
    {
        var amount = LimitsCapacity.Of(new(most, used, -1, 0), Ours).Vcpu;

        Assert.That((amount.Total, amount.Reserved), Is.EqualTo((total, reserved)));
    }
}
