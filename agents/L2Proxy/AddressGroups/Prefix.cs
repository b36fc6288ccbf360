using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Cascade.L2Proxy.AddressGroups;

/// <summary>
/// Addresses and prefixes in one spelling, that of an address group: the network's address and the length, host bits cut
/// (neutron/db/address_group_db.py: _process_requested_addresses).
/// </summary>
internal static class Prefix
{
    /// <returns>Null when it is neither an address nor a prefix.</returns>
    public static string? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        var bits = bytes.Length * 8;
        var length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
        {
            return null;
        }

        for (var at = 0; at < bytes.Length; at++)
        {
            var kept = Math.Clamp(length - (at * 8), 0, 8);
            bytes[at] &= (byte)(0xff << (8 - kept));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{length}");
    }

    /// <summary>All of them once, what cannot be read left out.</summary>
    public static IReadOnlySet<string> All(IEnumerable<string?> texts) => texts.Select(Of).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <param name="prefix">As <see cref="Of"/> gives it.</param>
    /// <param name="ethertype"><c>IPv4</c> or <c>IPv6</c>.</param>
    public static bool IsOf(string prefix, string ethertype) =>
        IPAddress.Parse(prefix.AsSpan(0, prefix.IndexOf('/', StringComparison.Ordinal))).AddressFamily
        == (ethertype == "IPv6" ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
}
