using Cascade.CinderProxy;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Failures;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Hosts;

sealed class PageTest : WorldTest
{
    [Test]
    public void Every_method_that_a_parent_may_send_is_on_the_page_and_nothing_else() =>
        Assert.That(CinderProxyTable.Page().Methods.Select(entry => entry.Method), Is.EquivalentTo(CinderMethods.All.Select(method => method.Name)));

    [Test]
    public void No_cast_is_declined_for_nobody_would_hear_it()
    {
        var declined = CinderProxyTable.Page().Methods.Where(entry => entry.Reason is not null).Select(entry => entry.Method).ToList();

        // remove_export_snapshot is cast by nobody but a migration of a snapshot, which is none of cinder's (cinder/volume/rpcapi.py).
        Assert.That(CinderMethods.All.Where(method => method.Kind is CinderMethodKind.Cast or CinderMethodKind.Fanout).Select(method => method.Name).Intersect(declined), Is.Empty);
        Assert.That(declined, Is.EquivalentTo(new[] { "initialize_connection_snapshot", "remove_export_snapshot", "terminate_connection_snapshot" }));
    }

    [Test]
    public void Every_answer_has_a_handler_that_is_registered() => Assert.Multiple(() =>
    {
        foreach (var entry in CinderProxyTable.Page().Methods.Where(entry => entry.Handler is not null))
        {
            Assert.That(World.Has(entry.Handler!), Is.True, entry.Method);
        }
    });

    static IEnumerable<string> Samples() => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples", "rpc-to-volume"), "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    /// <summary>What it is about is not there: natively raised or passed over, never a fault of ours.</summary>
    [TestCaseSource(nameof(Samples))]
    public async Task Every_native_message_is_read_and_ends_in_an_answer_or_a_fault_that_cinder_knows(string sample)
    {
        await World.Of<Cascade.CinderProxy.Hosts.CapabilitiesTold>().TellAsync(default);
        try
        {
            await World.ThroughAsync(World.DeliverAsync(RpcSample.Order(sample, "-", Api.Project, Api.User, _ => { })));
        }
        catch (RpcFault fault)
        {
            Assert.That(fault.Module, Is.EqualTo("cinder.exception"), fault.Message);
        }

        Assert.That(World.Child.Cinder.Volumes, Is.Empty);
    }
}
