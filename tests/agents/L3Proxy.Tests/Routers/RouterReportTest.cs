using Cascade.L3Proxy.Routers;
using Cascade.OpenStack.Network;

namespace L3Proxy.Tests.Routers;

/// <summary>What the parent is told, by what it believes and what the child shows.</summary>
sealed class RouterReportTest
{
    [TestCase("DOWN", "ACTIVE", "ACTIVE")]
    [TestCase("ACTIVE", "ACTIVE", null)]
    [TestCase("ACTIVE", "DOWN", "DOWN")]
    [TestCase("DOWN", "DOWN", null)]
    [TestCase("ACTIVE", "ERROR", "ERROR")]
    [TestCase("ERROR", "ERROR", null)]
    [TestCase("ERROR", "ACTIVE", "ACTIVE")]
    [TestCase("ACTIVE", null, "DOWN", Description = "the child has it no longer")]
    [TestCase(null, "ACTIVE", "ACTIVE")]
    public void A_floating_ip_is_what_the_child_says(string? believed, string? seen, string? told)
    {
        var entry = new RouterEntry("router", "child") { FloatingIps = new Dictionary<string, FloatingIpState> { ["ip"] = new(believed, "port", "child-ip", null) } };
        var report = RouterReport.Of(entry, Sight([], seen is null ? [] : [new() { Id = "child-ip", Status = seen }]));

        Assert.That(report.FloatingIps.GetValueOrDefault("ip"), Is.EqualTo(told));
        Assert.That(report.IsEmpty, Is.EqualTo(told is null));
        Assert.That(report.Applied(entry).FloatingIps["ip"].Believed, Is.EqualTo(told ?? believed));
    }

    [Test]
    public void One_that_is_refused_is_in_error_and_one_that_waits_is_down()
    {
        var entry = new RouterEntry("router", "child")
        {
            FloatingIps = new Dictionary<string, FloatingIpState> { ["refused"] = new("DOWN", "port", null, "why"), ["waits"] = new("ACTIVE", "other", null, null) },
        };

        Assert.That(RouterReport.Of(entry, Sight([], [])).FloatingIps, Is.EquivalentTo(new Dictionary<string, string> { ["refused"] = "ERROR", ["waits"] = "DOWN" }));
    }

    [TestCase("DOWN", true, "ACTIVE", "up")]
    [TestCase("ACTIVE", true, "ACTIVE", "")]
    [TestCase("ACTIVE", true, "DOWN", "down")]
    [TestCase("ACTIVE", true, "BUILD", "")]
    [TestCase("ACTIVE", false, "ACTIVE", "down")]
    [TestCase("DOWN", true, null, "")]
    public void A_port_is_up_when_the_child_s_is_and_it_is_on(string believed, bool on, string? seen, string told)
    {
        var entry = new RouterEntry("router", "child") { Ports = new Dictionary<string, RouterPortState> { ["port"] = new(believed, on, "child-port") } };
        var report = RouterReport.Of(entry, Sight(seen is null ? [] : [new() { Id = "child-port", Status = seen }], []));

        Assert.That((report.Up.Count, report.Down.Count), Is.EqualTo((told == "up" ? 1 : 0, told == "down" ? 1 : 0)));
    }

    [Test]
    public void A_router_that_routes_nothing_has_everything_down()
    {
        var entry = new RouterEntry("router", "child")
        {
            Ports = new Dictionary<string, RouterPortState> { ["port"] = new("ACTIVE", true, "child-port") },
            FloatingIps = new Dictionary<string, FloatingIpState> { ["ip"] = new("ACTIVE", "port", "child-ip", null) },
        };
        var report = RouterReport.Of(entry, null);

        Assert.That(report.Down, Is.EqualTo(new[] { "port" }));
        Assert.That(report.FloatingIps["ip"], Is.EqualTo("DOWN"));
    }

    [Test]
    public void What_may_still_come_up_is_asked_for_again()
    {
        Assert.That(Entry("DOWN", "child-ip", null).IsPending, Is.True);
        Assert.That(Entry("ACTIVE", "child-ip", null).IsPending, Is.False);
        Assert.That(Entry("DOWN", null, null).IsPending, Is.False, "its look waits");
        Assert.That(Entry("ERROR", null, "refused").IsPending, Is.False);
    }

    static RouterEntry Entry(string believed, string? child, string? fault) =>
        new("router", "child") { FloatingIps = new Dictionary<string, FloatingIpState> { ["ip"] = new(believed, "port", child, fault) } };

    static RouterSight Sight(IReadOnlyList<Port> ports, IReadOnlyList<FloatingIp> ips) => new(new() { Id = "child" }, ports, ips);
}
