namespace Cascade.Oslo.Messaging.Publishing;

/// <summary>Reads bzip2, which .NET does not: the format as bzip2 1.0.8's decompress.c has it. The check sums are verified.</summary>
static class Bzip2
{
    const ulong BlockMagic = 0x314159265359;
    const ulong EndMagic = 0x177245385090;

    /// <exception cref="InvalidDataException">No bzip2, cut short, damaged, or longer than <paramref name="most"/> bytes.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed, long most)
    {
        var bits = new BitReader(packed);
        var magicWord = bits.Take(24);
        var level = bits.Take(8);
        if (magicWord != 0x425A68 || level is not (>= '1' and <= '9'))
        {
            throw new InvalidDataException("not a bzip2 stream");
        }

        var plain = new MemoryStream();
        var block = new int[(level - '0') * 100_000];
        var total = 0u;
        while (true)
        {
            var magic = ((ulong)bits.Take(24) << 24) | bits.Take(24);
            var expected = bits.Take(32);
            if (magic == EndMagic)
            {
                return expected == total ? plain.ToArray() : throw new InvalidDataException("the stream's check sum is wrong");
            }

            if (magic != BlockMagic)
            {
                throw new InvalidDataException("not a bzip2 block");
            }

            var found = Bzip2Block.Unpack(ref bits, block, plain, most);
            if (found != expected)
            {
                throw new InvalidDataException("a block's check sum is wrong");
            }

            total = ((total << 1) | (total >> 31)) ^ found;
        }
    }

    internal ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        readonly ReadOnlySpan<byte> bytes = bytes;
        int at;
        ulong held;
        int count;

        public uint Take(int bits)
        {
            while (count < bits)
            {
                if (at >= bytes.Length)
                {
                    throw new InvalidDataException("the stream is cut short");
                }

                held = (held << 8) | bytes[at++];
                count += 8;
            }

            count -= bits;
            return (uint)((held >> count) & ((1UL << bits) - 1));
        }
    }
}
