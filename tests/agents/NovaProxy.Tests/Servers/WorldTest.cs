namespace Cascade.NovaProxy.Tests.Servers;

/// <summary>Both clouds and our half between them, anew for every test.</summary>
public abstract class WorldTest
{
    private protected World World { get; private set; } = null!;

    private protected virtual Support.FakeCloudOptions? Child => null;

    [SetUp]
    public async Task Begin() => World = await World.StartAsync(Child);

    [TearDown]
    public async Task End() => await World.DisposeAsync();
}
