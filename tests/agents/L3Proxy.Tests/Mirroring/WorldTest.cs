namespace Cascade.L3Proxy.Tests.Mirroring;

/// <summary>A test in a world of its own, at whose end nothing was asked for that is not this host's.</summary>
public abstract class WorldTest
{
    private protected World world = null!;

    /// <summary>The agent's mode: legacy or dvr_snat.</summary>
    protected virtual string Mode => "legacy";

    [SetUp]
    public async Task Begin() => world = await World.StartAsync(Mode);

    [TearDown]
    public async Task End()
    {
        world.Child.Heal();
        await world.DisposeAsync();
        Assert.That(world.Trespasses, Is.Empty, "asked for although it is not this host's");
    }
}
