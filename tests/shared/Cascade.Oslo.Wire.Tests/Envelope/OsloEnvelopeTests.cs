using System.Text;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Envelope;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Oslo.Wire.Tests.Golden;

namespace Cascade.Oslo.Wire.Tests.Envelope;

[TestFixture]
public sealed class OsloEnvelopeTests
{
    [TestCaseSource(typeof(Samples), nameof(Samples.Requests))]
    [TestCaseSource(typeof(Samples), nameof(Samples.Replies))]
    [TestCaseSource(typeof(Samples), nameof(Samples.Notifications))]
    public void What_a_peer_wrapped_is_unwrapped_as_it_was(Sample sample) =>
        Same.As(sample.Message, JsonNode.Parse(OsloEnvelope.Unwrap(sample.Body)));

    [TestCase("plain")]
    [TestCase("quotes \" and \\ backslashes")]
    [TestCase("é中😀")]
    [TestCase("line\nand\u0001control")]
    public void What_is_wrapped_is_read_as_JSON_within_JSON(string text)
    {
        var inner = Encoding.UTF8.GetBytes(new JsonObject { ["text"] = text }.ToJsonString());

        var outer = JsonNode.Parse(OsloEnvelope.Wrap(inner))!;

        Assert.That((string?)outer["oslo.version"], Is.EqualTo("2.0"));
        Assert.That((string?)JsonNode.Parse((string)outer["oslo.message"]!)!["text"], Is.EqualTo(text));
        Assert.That(OsloEnvelope.Unwrap(OsloEnvelope.Wrap(inner)), Is.EqualTo(inner));
    }

    [TestCase("""{"oslo.version": "2.1", "oslo.message": "{}"}""", TestName = "a newer minor")]
    [TestCase("""{"oslo.version": "3.0", "oslo.message": "{}"}""", TestName = "a newer major")]
    [TestCase("""{"oslo.version": 2.0, "oslo.message": "{}"}""", TestName = "a number")]
    [TestCase("""{"oslo.version": "2.0", "oslo.message": {}}""", TestName = "no text inside")]
    [TestCase("""["oslo.version"]""", TestName = "no object")]
    [TestCase("", TestName = "nothing")]
    [TestCase("{\"a\": 1", TestName = "cut short")]
    [TestCase("\uFEFF{}", TestName = "a byte order mark")]
    [TestCase("{} {}", TestName = "more than one")]
    public void What_a_native_peer_drops_is_malformed(string body) =>
        Assert.Throws<MalformedMessageException>(() => OsloEnvelope.Unwrap(Encoding.UTF8.GetBytes(body)));

    [Test]
    public void A_body_that_is_not_UTF_8_is_malformed() => Assert.Throws<MalformedMessageException>(
        () => RpcRequest.Read([.. "{\"oslo.version\": \"2.0\", \"oslo.message\": \""u8, 0xFF, 0xFE, .. "\"}"u8]));

    [Test]
    public void A_body_without_an_envelope_is_the_message_itself()
    {
        var body = """{"method": "a"}"""u8;

        Assert.That(OsloEnvelope.Unwrap(body), Is.EqualTo(body.ToArray()));
        Assert.That(RpcRequest.Read("""{"method": "a", "nan": NaN}"""u8).Method, Is.EqualTo("a"));
    }

    [Test]
    public void Whatever_is_broken_about_a_body_is_told_as_malformed()
    {
        // Seeded: a failure can be had again.
        var random = new Random(20261122);
        var body = Samples.One("nova_obj", "request").Body;
        for (var round = 0; round < 20_000; round++)
        {
            var broken = body.ToArray();
            for (var hits = random.Next(1, 6); hits > 0; hits--)
            {
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
            }

            var cut = random.Next(3) == 0 ? broken.AsSpan(0, random.Next(broken.Length)).ToArray() : broken;
            try
            {
                _ = RpcRequest.Read(cut).Context.Members.Count;
            }
            catch (MalformedMessageException)
            {
                continue;
            }
            catch (Exception other)
            {
                Assert.Fail($"{other.GetType().Name} {other.Message} for {Convert.ToBase64String(cut)}");
            }
        }
    }
}
