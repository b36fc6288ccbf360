using Cascade.Support;
using Cascade.Support.Parent;

namespace NovaProxy.Tests.Whole;

/// <summary>The agent as a process, between a scripted parent on a real broker and a scripted child, which has one host.</summary>
abstract class WholeTest
{
    protected Broker Broker { get; private set; } = null!;

    protected ScriptedParent Parent { get; private set; } = null!;

    protected FakeCloud Child { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => Broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await (Broker?.DisposeAsync() ?? default);

    [SetUp]
    public async Task StartClouds()
    {
        Parent = await ScriptedParent.StartAsync(Broker);
        Child = await FakeCloud.StartAsync();
        Child.Placement.Add("node-1", ("VCPU", 16), ("MEMORY_MB", 32768), ("DISK_GB", 500)).Traits.Add("COMPUTE_NODE");
    }

    [TearDown]
    public async Task StopClouds()
    {
        await Parent.DisposeAsync();
        await Child.DisposeAsync();
    }
}
