namespace Cascade.Oslo.Messaging.Publishing;

/// <summary>One canonical Huffman table of a bzip2 block.</summary>
sealed class Bzip2Codes
{
    readonly int[] limit;
    readonly int[] offset;
    readonly int[] symbols;

    Bzip2Codes(int[] limit, int[] offset, int[] symbols)
    {
        this.limit = limit;
        this.offset = offset;
        this.symbols = symbols;
    }

    public static Bzip2Codes Read(ref Bzip2.BitReader bits, int count, int longest)
    {
        var lengths = new int[count];
        var length = (int)bits.Take(5);
        for (var symbol = 0; symbol < count; symbol++)
        {
            while (bits.Take(1) == 1)
            {
                length += bits.Take(1) == 0 ? 1 : -1;
            }

            lengths[symbol] = length >= 1 && length <= longest ? length : throw new InvalidDataException("a code of impossible length");
        }

        var limits = new int[longest + 1];
        var offsets = new int[longest + 1];
        var sorted = new int[count];
        var code = 0;
        var filled = 0;
        for (var size = 1; size <= longest; size++)
        {
            offsets[size] = filled - code;
            for (var symbol = 0; symbol < count; symbol++)
            {
                if (lengths[symbol] == size)
                {
                    sorted[filled++] = symbol;
                    code++;
                }
            }

            limits[size] = code;
            code <<= 1;
        }

        return new(limits, offsets, sorted);
    }

    public int Next(ref Bzip2.BitReader bits)
    {
        var code = 0;
        for (var size = 1; size < limit.Length; size++)
        {
            code = (code << 1) | (int)bits.Take(1);
            if (code < limit[size])
            {
                var at = code + offset[size];
                return at >= 0 && at < symbols.Length ? symbols[at] : throw new InvalidDataException("a code outside its table");
            }
        }

        throw new InvalidDataException("a code of no symbol");
    }
}
