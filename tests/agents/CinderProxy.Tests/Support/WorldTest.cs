using Cascade.Oslo.Wire.Failures;

namespace CinderProxy.Tests.Support;

/// <summary>Tests that each have a <see cref="Support.World"/> of their own.</summary>
abstract class WorldTest
{
    internal World World { get; private set; } = null!;

    internal FakeCinderApi Api => World.Api;

    [SetUp]
    public async Task Begin() => World = await World.StartAsync();

    [TearDown]
    public async Task End() => await World.DisposeAsync();

    /// <summary>What the caller of a call hears.</summary>
    internal RpcFault Refused(Order order) => Assert.CatchAsync<RpcFault>(() => World.ThroughAsync(World.DeliverAsync(order)))!;
}
