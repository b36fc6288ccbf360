using System.Text;
using Cascade.Oslo.Messaging.Publishing;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Wire.Envelope;
using RabbitMQ.Client;

namespace Cascade.Oslo.Messaging.Tests.Publishing;

[TestFixture]
public sealed class BodyCompressionTests
{
    // Written by Python's zlib.compress and bz2.compress, as kombu calls them (kombu/compression.py).
    const string Zlib = "eJyrVspNLcnIT1GyUlBKSk1X0lFQSixKLwZyq5VKUitKQOKJBIBSbS0AMTEX4A==";
    const string Bz2 = "QlpoOTFBWSZTWeTsPUAAABQ5gAAEUAQAEDbCnEogADFMmJkGRg0Q0Mhk0IiGFhYyUhWAYjKNwz9pfuXm2B5zr8XckU4UJDk7D1AA";

    static BasicProperties With(string compression) => new() { Headers = new Dictionary<string, object?> { ["compression"] = Encoding.UTF8.GetBytes(compression) } };

    [Test]
    public void A_body_is_unpacked_by_its_header([Values("application/x-gzip", "application/x-bz2")] string kind) =>
        Assert.That(
            Encoding.UTF8.GetString(BodyCompression.Unpack(With(kind), Convert.FromBase64String(kind.EndsWith("bz2", StringComparison.Ordinal) ? Bz2 : Zlib)).Span),
            Is.EqualTo(Plain));

    const string Plain = """{"method": "beg", "args": {"text": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}""";

    [Test]
    public void What_is_packed_is_unpacked()
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a long body ", 10_000)));

        var packed = BodyCompression.Pack(BodyCompressionKind.Gzip, body);

        Assert.That(packed, Has.Length.LessThan(body.Length / 10));
        Assert.That(BodyCompression.Unpack(With(BodyCompression.Gzip), packed).ToArray(), Is.EqualTo(body));
    }

    [TestCase("application/x-gzip")]
    [TestCase("application/x-bz2")]
    [TestCase("application/zstd")]
    public void What_is_not_what_its_header_says_is_malformed(string kind) =>
        Assert.Throws<MalformedMessageException>(() => BodyCompression.Unpack(With(kind), "BZh9 nonsense"u8.ToArray()));

    [Test]
    public void A_damaged_bzip2_body_is_malformed_wherever_the_damage_is()
    {
        var body = Convert.FromBase64String(Bz2);
        var refused = 0;
        // Every bit after the magic number.
        for (var at = 32; at < (body.Length - 1) * 8; at++)
        {
            var damaged = body.ToArray();
            damaged[at / 8] ^= (byte)(1 << (at % 8));
            try
            {
                // A bit may belong to a code that no symbol uses; then nothing is damaged.
                Assert.That(Encoding.UTF8.GetString(BodyCompression.Unpack(With(BodyCompression.Bz2), damaged).Span), Is.EqualTo(Plain), $"bit {at}");
            }
            catch (MalformedMessageException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(body.Length * 4));
    }

    [Test]
    public void A_bzip2_body_of_many_blocks_and_long_runs_is_unpacked()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Golden", "blocks.bz2");
        var plain = Encoding.UTF8.GetString(BodyCompression.Unpack(With(BodyCompression.Bz2), File.ReadAllBytes(file)).Span);

        var expected = new StringBuilder();
        for (var line = 0; line < 30_000; line++)
        {
            expected.Append(line).Append(line % 100 == 0 ? new string('x', 700) : " request ").Append('\n');
        }

        Assert.That(plain, Is.EqualTo(expected.ToString()));
    }
}
