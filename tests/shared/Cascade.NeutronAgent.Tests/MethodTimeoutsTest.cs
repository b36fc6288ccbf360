using Cascade.Contracts.Neutron.Plugin;
using Cascade.NeutronAgent.Server;

namespace Cascade.NeutronAgent.Tests;

sealed class MethodTimeoutsTest
{
    static readonly TimeSpan Standard = TimeSpan.FromSeconds(60);

    [Test]
    public void A_method_that_timed_out_is_given_twice_the_time_up_to_ten_times_the_standard()
    {
        var timeouts = new MethodTimeouts();
        var had = new List<double>();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var now = timeouts.Of(BulkPull.Name, Standard);
            had.Add(now.TotalSeconds);
            timeouts.Double(BulkPull.Name, now, Standard);
        }

        Assert.That(had, Is.EqualTo(new[] { 60.0, 120, 240, 480, 600, 600 }));
    }

    [Test]
    public void Other_methods_keep_their_time()
    {
        var timeouts = new MethodTimeouts();
        timeouts.Double(BulkPull.Name, Standard, Standard);

        Assert.That(timeouts.Of(GetPorts.Name, Standard), Is.EqualTo(Standard));
        Assert.That(timeouts.Of(new("bulk_pull", new(1, 0), "trunk"), Standard), Is.EqualTo(Standard), "another namespace is another method");
    }

    [Test]
    public void Two_that_time_out_at_once_double_it_once()
    {
        var timeouts = new MethodTimeouts();
        timeouts.Double(BulkPull.Name, Standard, Standard);
        timeouts.Double(BulkPull.Name, Standard, Standard);

        Assert.That(timeouts.Of(BulkPull.Name, Standard).TotalSeconds, Is.EqualTo(120));
    }
}
