namespace Cascade.Oslo.Messaging.Publishing;

/// <summary>One block: Huffman, move to front, Burrows-Wheeler, run lengths; each step undone.</summary>
static class Bzip2Block
{
    const int GroupSize = 50;
    const int LongestCode = 20;

    static readonly uint[] Crc = CrcTable();

    /// <returns>The check sum of what was written.</returns>
    public static uint Unpack(ref Bzip2.BitReader bits, int[] block, MemoryStream plain, long most)
    {
        if (bits.Take(1) != 0)
        {
            throw new InvalidDataException("randomised blocks have not been written since 1997");
        }

        var origin = (int)bits.Take(24);
        var length = Symbols(ref bits, block, out var counts);
        if (origin >= length)
        {
            throw new InvalidDataException("the origin lies outside its block");
        }

        // The upper 24 bits of each entry chain to the next one.
        var start = new int[256];
        for (int value = 0, sum = 0; value < 256; value++)
        {
            start[value] = sum;
            sum += counts[value];
        }

        for (var at = 0; at < length; at++)
        {
            block[start[block[at] & 255]++] |= at << 8;
        }

        return Runs(block, length, origin, plain, most);
    }

    static int Symbols(ref Bzip2.BitReader bits, int[] block, out int[] counts)
    {
        var front = Used(ref bits);
        var last = front.Count + 1;
        var tables = (int)bits.Take(3);
        var selectors = new byte[bits.Take(15)];
        if (tables is < 2 or > 6 || selectors.Length == 0 || front.Count == 0)
        {
            throw new InvalidDataException("a block without tables");
        }

        List<byte> order = [.. Enumerable.Range(0, tables).Select(table => (byte)table)];
        for (var at = 0; at < selectors.Length; at++)
        {
            selectors[at] = ToFront(order, Unary(ref bits, tables));
        }

        var codes = new Bzip2Codes[tables];
        for (var table = 0; table < tables; table++)
        {
            codes[table] = Bzip2Codes.Read(ref bits, last + 1, LongestCode);
        }

        counts = new int[256];
        var length = 0;
        var run = 0;
        var weight = 1;
        for (var symbols = 0; ; symbols++)
        {
            var group = symbols / GroupSize;
            var symbol = group < selectors.Length ? codes[selectors[group]].Next(ref bits) : throw new InvalidDataException("more symbols than selectors");
            if (symbol <= 1)
            {
                run += weight << symbol;
                weight = run > block.Length ? throw new InvalidDataException("a run leaves its block") : weight << 1;
                continue;
            }

            if (run > 0)
            {
                Put(front[0], run, block, ref length, counts);
                run = 0;
                weight = 1;
            }

            if (symbol == last)
            {
                return length;
            }

            Put(ToFront(front, symbol - 1), 1, block, ref length, counts);
        }
    }

    static void Put(byte value, int times, int[] block, ref int length, int[] counts)
    {
        if (times > block.Length - length)
        {
            throw new InvalidDataException("a block longer than it may be");
        }

        block.AsSpan(length, times).Fill(value);
        counts[value] += times;
        length += times;
    }

    static uint Runs(int[] block, int length, int origin, MemoryStream plain, long most)
    {
        var sum = 0xFFFFFFFFu;
        var at = block[origin] >> 8;
        var same = 0;
        var before = -1;
        for (var left = length; left > 0; left--)
        {
            var value = (byte)block[at];
            at = block[at] >> 8;
            if (same == 4)
            {
                for (int more = value; more > 0; more--)
                {
                    Write((byte)before);
                }

                same = 0;
                before = -1;
                continue;
            }

            same = value == before ? same + 1 : 1;
            before = value;
            Write(value);
        }

        return ~sum;

        void Write(byte value)
        {
            if (plain.Length >= most)
            {
                throw new InvalidDataException("the unpacked body is too long");
            }

            sum = (sum << 8) ^ Crc[(sum >> 24) ^ value];
            plain.WriteByte(value);
        }
    }

    static List<byte> Used(ref Bzip2.BitReader bits)
    {
        var ranges = bits.Take(16);
        var used = new List<byte>(256);
        for (var range = 0; range < 16; range++)
        {
            if ((ranges & (0x8000u >> range)) == 0)
            {
                continue;
            }

            var members = bits.Take(16);
            for (var member = 0; member < 16; member++)
            {
                if ((members & (0x8000u >> member)) != 0)
                {
                    used.Add((byte)((range * 16) + member));
                }
            }
        }

        return used;
    }

    static int Unary(ref Bzip2.BitReader bits, int limit)
    {
        var ones = 0;
        while (bits.Take(1) == 1)
        {
            ones = ones + 1 < limit ? ones + 1 : throw new InvalidDataException("a selector names no table");
        }

        return ones;
    }

    static byte ToFront(List<byte> order, int at)
    {
        var value = order[at];
        order.RemoveAt(at);
        order.Insert(0, value);
        return value;
    }

    static uint[] CrcTable()
    {
        var table = new uint[256];
        for (var value = 0u; value < 256; value++)
        {
            var sum = value << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 0x80000000) != 0 ? (sum << 1) ^ 0x04C11DB7 : sum << 1;
            }

            table[value] = sum;
        }

        return table;
    }
}
