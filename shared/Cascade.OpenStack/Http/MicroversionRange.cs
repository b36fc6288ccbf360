namespace Cascade.OpenStack;

/// <summary>What an endpoint says that it speaks, both ends included.</summary>
public sealed record MicroversionRange(Microversion Min, Microversion Max)
{
    /// <summary>A service without microversions.</summary>
    public static MicroversionRange None { get; } = new(default, default);

    public bool Supports(Microversion version) => version >= Min && version <= Max;

    /// <param name="version">For instance <c>2.90</c>.</param>
    public bool Supports(string version) => Supports(Microversion.Parse(version));

    /// <summary>The newest that both sides know, or null when there is none.</summary>
    public Microversion? Best(Microversion? floor, Microversion ceiling)
    {
        var best = ceiling < Max ? ceiling : Max;
        return best >= Min && (floor is null || best >= floor) ? best : null;
    }
}
