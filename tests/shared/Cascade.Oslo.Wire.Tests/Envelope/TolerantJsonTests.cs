using System.Text;
using System.Text.Json;
using Cascade.Oslo.Wire.Envelope;

namespace Cascade.Oslo.Wire.Tests.Envelope;

[TestFixture]
public sealed class TolerantJsonTests
{
    [TestCase("""{"a": NaN}""", "null", TestName = "NaN")]
    [TestCase("""{"a": Infinity}""", "null", TestName = "Infinity")]
    [TestCase("""{"a": -Infinity}""", "null", TestName = "minus Infinity")]
    [TestCase("""{"a": "NaN, -Infinity"}""", "\"NaN, -Infinity\"", TestName = "the words within a text stay")]
    [TestCase("""{"a": "\ud800x"}""", "\"\uFFFDx\"", TestName = "a high surrogate alone")]
    [TestCase("""{"a": "x\udc00"}""", "\"x\uFFFD\"", TestName = "a low surrogate alone")]
    [TestCase("""{"a": "\ud800\ud83d\ude00"}""", "\"\uFFFD\U0001F600\"", TestName = "one alone before a pair")]
    [TestCase("""{"a": "\ud83d\ude00"}""", "\"\U0001F600\"", TestName = "a pair stays")]
    [TestCase("""{"a": "\\ud800"}""", "\"\\\\ud800\"", TestName = "an escaped backslash is no escape")]
    [TestCase("""{"a": "\"\ud800\"", "b": NaN}""", "\"\\\"\uFFFD\\\"\"", TestName = "quotes within a text do not end it")]
    [TestCase("""{"a": 1, "a": 2}""", "2", TestName = "the last of two keys")]
    [TestCase("""{"a": 123456789012345678901234567890}""", "123456789012345678901234567890", TestName = "a long integer")]
    public void What_python_writes_is_read(string text, string expected)
    {
        var read = TolerantJson.Parse(Encoding.UTF8.GetBytes(text)).GetProperty("a");

        using var wanted = JsonDocument.Parse(expected);
        Assert.That(JsonElement.DeepEquals(read, wanted.RootElement), Is.True, read.GetRawText());
    }

    [Test]
    public void The_last_of_two_keys_counts_among_nodes_too() =>
        Assert.That(TolerantJson.ToNode(TolerantJson.Parse("""{"a": {"b": 1, "b": 2}}"""u8.ToArray()))!["a"]!["b"]!.GetValue<int>(), Is.EqualTo(2));

    [Test]
    public void An_error_says_where_and_quotes_nothing()
    {
        var error = Assert.Throws<MalformedMessageException>(() => TolerantJson.Parse("""{"auth_token": secret}"""u8.ToArray()));

        Assert.That(error.Message, Does.Contain("byte").And.Not.Contain("secret"));
    }

    [Test]
    public void Nesting_as_deep_as_pythons_is_read() =>
        Assert.DoesNotThrow(() => TolerantJson.Parse(Encoding.UTF8.GetBytes(new string('[', 400) + new string(']', 400))));
}
