using Cascade.Support;

namespace Cascade.NovaProxy.Tests.Kills;

/// <summary>Tests that each have a <see cref="KillWorld"/> of their own; without a broker on this machine they are ignored.</summary>
public abstract class KillFixture
{
    internal KillWorld World { get; private set; } = null!;

    [SetUp]
    public async Task Begin()
    {
        Broker.AvailableOrIgnore();
        World = await KillWorld.StartAsync();
    }

    [TearDown]
    public async Task End()
    {
        if (World is not null)
        {
            await World.DisposeAsync();
        }
    }
}
