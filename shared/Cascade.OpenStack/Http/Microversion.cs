using System.Globalization;
using System.Runtime.InteropServices;

namespace Cascade.OpenStack;

/// <summary>A version of an API such as <c>2.93</c>; <c>2.9</c> is older than <c>2.10</c>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Microversion(int Major, int Minor) : IComparable<Microversion>
{
    public static Microversion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException($"'{text}' is not a microversion");

    public static bool TryParse(string? text, out Microversion version)
    {
        version = default;
        if (text?.Split('.') is not [var major, var minor]
            || !int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var high)
            || !int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        version = new Microversion(high, low);
        return true;
    }

    public int CompareTo(Microversion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public override string ToString() => $"{Major}.{Minor}";

    public static bool operator <(Microversion left, Microversion right) => left.CompareTo(right) < 0;

    public static bool operator >(Microversion left, Microversion right) => left.CompareTo(right) > 0;

    public static bool operator <=(Microversion left, Microversion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Microversion left, Microversion right) => left.CompareTo(right) >= 0;
}
