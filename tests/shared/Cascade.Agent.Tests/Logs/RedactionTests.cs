namespace Cascade.Agent.Tests.Logs;

sealed class RedactionTests
{
    const string Fernet = "gAAAAABmZmZmZmZmZmZmZmZmZmZmZmZmZg==";

    static Redaction Knowing(params string[] secrets)
    {
        var redaction = new Redaction();
        redaction.Know(secrets);
        return redaction;
    }

    [TestCase($"token {Fernet} used", "token *** used", TestName = "A Fernet token")]
    [TestCase("X-Auth-Token: abc123", "X-Auth-Token: ***", TestName = "A header")]
    [TestCase("{'X-Subject-Token': 'abc123', 'a': 1}", "{'X-Subject-Token': '***', 'a': 1}", TestName = "A header in a dictionary")]
    [TestCase("rabbit://u:pw@h:5672/v", "rabbit://u:***@h:5672/v", TestName = "A login in a URL")]
    [TestCase("{\"adminPass\": \"Xy7\"}", "{\"adminPass\": \"***\"}", TestName = "An admin password")]
    [TestCase("\"password\":\"a b\"", "\"password\":\"*** b\"", TestName = "A password with a blank loses its first word at least")]
    [TestCase("'auth_token': None", "'auth_token': None", TestName = "No token stays no token")]
    [TestCase("http://h:5000/v3/users", "http://h:5000/v3/users", TestName = "A URL without a login")]
    [TestCase("the password of the child was refused", "the password of the child was refused", TestName = "The word alone")]
    public void What_looks_like_a_secret_is_masked(string text, string expected) => Assert.That(new Redaction().Clean(text), Is.EqualTo(expected));

    [Test]
    public void A_known_secret_is_masked_wherever_it_stands() =>
        Assert.That(Knowing("longsecret").Clean("xlongsecretx and longsecret"), Is.EqualTo("x***x and ***"));

    [Test]
    public void A_short_secret_is_masked_where_it_stands_alone() =>
        Assert.That(Knowing("nova").Clean("pw nova, cascade.nova_proxy nova-compute"), Is.EqualTo("pw ***, cascade.nova_proxy ***-compute"));

    [Test]
    public void A_secret_within_another_leaves_nothing_of_it() =>
        Assert.That(Knowing("hunter2hunter", "hunter2hunter2hunter").Clean("hunter2hunter2hunter"), Is.EqualTo("***"));
}
