using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Wire.Failures;
using Cascade.Support.Parent;
using Microsoft.Extensions.Logging.Abstractions;

namespace NovaProxy.Tests.Parent;

sealed class ServiceKeeperTest
{
    FakeConductor parent = null!;
    ParentRelease release = null!;
    ServiceKeeper keeper = null!;

    [SetUp]
    public async Task SetUp()
    {
        parent = new(TimeProvider.System);
        keeper = await NewLifeAsync();
    }

    [TearDown]
    public void TearDown() => keeper.Dispose();

    [Test]
    public async Task A_mapped_host_is_born_enabled_with_the_conductor_s_version()
    {
        parent.MappedHosts.Add("child-1");

        await keeper.RegisterAsync(default);

        Assert.That(Row, Is.EqualTo((64, false, (string?)null)));
    }

    [TestCase(true, TestName = "not mapped yet")]
    [TestCase(false, TestName = "a conductor that cannot tell: only the operator enables it")]
    public async Task An_unmapped_host_is_born_disabled_and_stays_so(bool apiDatabase)
    {
        parent.HasApiDatabase = apiDatabase;
        await keeper.RegisterAsync(default);

        Assert.That(await keeper.ReviewAsync(default), Is.True);
        Assert.That(Row, Is.EqualTo((64, true, ServiceKeeper.OwnReason)));
    }

    [Test]
    public async Task It_is_enabled_when_the_host_is_mapped()
    {
        await keeper.RegisterAsync(default);
        parent.MappedHosts.Add("child-1");

        Assert.That(await keeper.ReviewAsync(default), Is.False);
        Assert.That(Row, Is.EqualTo((64, false, (string?)null)));
    }

    [TestCase("maintenance", TestName = "an operator's reason")]
    [TestCase(null, TestName = "an operator without a reason")]
    [TestCase("New compute service disabled due to config option.", TestName = "enable_new_services=False")]
    public async Task What_others_disabled_is_never_enabled(string? reason)
    {
        await keeper.RegisterAsync(default);
        parent.MappedHosts.Add("child-1");
        parent.EditService("child-1", row => row["disabled_reason"] = reason);

        Assert.That(await keeper.ReviewAsync(default), Is.True);
        Assert.That(Row, Is.EqualTo((64, true, reason)));
    }

    [Test]
    public async Task A_new_life_counts_on_from_the_stored_count_or_it_would_be_called_down()
    {
        parent.MappedHosts.Add("child-1");
        await keeper.RegisterAsync(default);
        parent.EditService("child-1", row => row["report_count"] = 41);
        parent.EditService("child-1", row => row["last_seen_up"] = null);

        using var next = await NewLifeAsync();
        await next.RegisterAsync(default);
        await next.BeatAsync(default);

        Assert.That(((int)parent.Services.Single()["report_count"]!, parent.Services.Single()["last_seen_up"] is not null), Is.EqualTo((42, true)));
        Assert.That(parent.Services, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_version_follows_the_parent_s_upgrade_and_never_beyond_what_we_know()
    {
        parent.MappedHosts.Add("child-1");
        await keeper.RegisterAsync(default);
        parent.ConductorVersion = 68;
        await release.RefreshAsync(default);
        await keeper.BeatAsync(default);
        Assert.That(Row.Version, Is.EqualTo(68));

        parent.ConductorVersion = 99;
        await release.RefreshAsync(default);
        await keeper.BeatAsync(default);
        Assert.That(Row.Version, Is.EqualTo(ParentRelease.Newest));
    }

    [Test]
    public async Task A_deleted_service_is_told_by_the_beat()
    {
        await keeper.RegisterAsync(default);
        parent.DeleteService("child-1");

        Assert.That(Assert.ThrowsAsync<RpcFault>(() => keeper.BeatAsync(default)).Class, Is.EqualTo("ServiceNotFound"));
    }

    (int Version, bool Disabled, string? Reason) Row =>
        ((int)parent.Services.Single()["version"]!, (bool)parent.Services.Single()["disabled"]!, (string?)parent.Services.Single()["disabled_reason"]);

    async Task<ServiceKeeper> NewLifeAsync()
    {
        var conductor = new Conductor(new InProcessCaller(parent));
        var identity = new HostIdentity("child-1");
        release = new(conductor);
        await release.RefreshAsync(default);
        return new(new(conductor, identity), new(conductor, identity), release, identity, NullLogger<ServiceKeeper>.Instance);
    }
}
