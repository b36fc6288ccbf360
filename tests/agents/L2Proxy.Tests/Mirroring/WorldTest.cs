namespace Cascade.L2Proxy.Tests.Mirroring;

/// <summary>A test in a world of its own.</summary>
public abstract class WorldTest
{
    private protected World world = null!;

    [SetUp]
    public async Task Begin() => world = await World.StartAsync();

    [TearDown]
    public async Task End() => await world.DisposeAsync();
}
