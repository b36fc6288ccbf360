using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cascade.Oslo.Wire.Rpc;

/// <summary>An RPC version, <c>major.minor[.revision]</c>, as targets and requests carry it.</summary>
public readonly record struct RpcVersion(int Major, int Minor, int Revision = 0) : IComparable<RpcVersion>
{
    /// <summary>What a request without a version means (oslo_messaging/rpc/dispatcher.py: RPCDispatcher.dispatch).</summary>
    public static RpcVersion Default { get; } = new(1, 0);

    /// <summary>
    /// True when a peer of this version may be asked for <paramref name="requested"/>: same major, no newer minor, and no
    /// newer revision of the same minor (oslo_messaging/_utils.py: version_is_compatible).
    /// </summary>
    public bool Serves(RpcVersion requested) =>
        Major == requested.Major
        && (requested.Minor < Minor || (requested.Minor == Minor && requested.Revision <= Revision));

    /// <summary>Reads <c>6.1</c> or <c>6.1.2</c>; a lone major such as <c>6</c> is refused, as a Python peer refuses it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RpcVersion version)
    {
        version = default;
        var parts = text?.Split('.');
        if (parts is not { Length: 2 or 3 })
        {
            return false;
        }

        Span<int> numbers = stackalloc int[3];
        for (var at = 0; at < parts.Length; at++)
        {
            if (!int.TryParse(parts[at], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[at]))
            {
                return false;
            }
        }

        version = new(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    public static RpcVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException($"'{text}' is no RPC version: write major.minor, for instance 6.0");

    public int CompareTo(RpcVersion other) => (Major, Minor, Revision).CompareTo((other.Major, other.Minor, other.Revision));

    public static bool operator <(RpcVersion left, RpcVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(RpcVersion left, RpcVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(RpcVersion left, RpcVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RpcVersion left, RpcVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => Revision == 0 ? $"{Major}.{Minor}" : $"{Major}.{Minor}.{Revision}";
}
