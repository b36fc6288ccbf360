using Cascade.Interop.Peers;
using Cascade.Support;

namespace Cascade.Interop;

/// <summary>A row of the wire document, asked on one generation.</summary>
public abstract class Row(Generation generation)
{
    protected World World { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task EnterTheWorld() => World = await World.OfAsync(generation);
}
