using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Cascade.Support;

/// <summary>A range of addresses.</summary>
internal readonly record struct FakePrefix(int Version, UInt128 First, int Length)
{
    private int Bits => Version is 4 ? 32 : 128;

    public UInt128 Last => First | Host;

    private UInt128 Host => Bits == Length ? 0 : (UInt128.One << (Bits - Length)) - 1;

    public static bool TryParse(string? text, out FakePrefix prefix)
    {
        prefix = default;
        var parts = text?.Split('/') ?? [];
        if (parts.Length is 0 or > 2 || !TryAddress(parts[0], out var version, out var address))
        {
            return false;
        }

        var bits = version is 4 ? 32 : 128;
        if (parts.Length is 1)
        {
            prefix = new FakePrefix(version, address, bits);
            return true;
        }

        if (!int.TryParse(parts[1], CultureInfo.InvariantCulture, out var length) || length < 0 || length > bits)
        {
            return false;
        }

        var whole = new FakePrefix(version, address, length);
        prefix = whole with { First = address & ~whole.Host };
        return true;
    }

    public static bool TryAddress(string? text, out int version, out UInt128 address)
    {
        (version, address) = (0, 0);
        if (!IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        var bytes = parsed.GetAddressBytes();
        version = parsed.AddressFamily is AddressFamily.InterNetwork ? 4 : 6;
        address = version is 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }

    public bool Holds(int version, UInt128 address) => version == Version && address >= First && address <= Last;

    public string Text(UInt128 address)
    {
        var bytes = new byte[Version is 4 ? 4 : 16];
        if (Version is 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)address);
        }
        else
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        }

        return new IPAddress(bytes).ToString();
    }

    /// <summary>EUI-64 of a MAC in this prefix (oslo_utils/netutils.py: get_ipv6_addr_by_EUI64).</summary>
    public UInt128 Eui64(string mac)
    {
        var parts = mac.Split(':').Select(part => ulong.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
        ulong low = 0;
        foreach (var part in new ulong[] { parts[0] ^ 2, parts[1], parts[2], 0xff, 0xfe, parts[3], parts[4], parts[5] })
        {
            low = (low << 8) | part;
        }

        return First | low;
    }

    public override string ToString() => $"{Text(First)}/{Length}";
}
