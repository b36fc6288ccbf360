namespace Cascade.Oslo.Config.Tests.Transport;

sealed class TransportUrls
{
    [Test]
    public void Several_hosts_have_credentials_of_their_own()
    {
        var url = TransportUrl.Parse("rabbit://u1:p%40ss@h1:5671,u%2C2:p2@[2001:db8::1]:5673,h3//wire?ssl=1&a=x&a=y");

        Assert.That(url.Hosts, Is.EqualTo(new[]
        {
            new TransportHost("h1", 5671, "u1", "p@ss"), new("2001:db8::1", 5673, "u,2", "p2"), new("h3", null, null, null),
        }));
        Assert.That(url.Hosts[2].EffectivePort, Is.EqualTo(5672));
        Assert.That(url.Hosts[2].EffectiveUsername, Is.EqualTo("guest"));
        Assert.That(url.VirtualHost, Is.EqualTo("/wire"), "the second slash belongs to the name");
        Assert.That(url.Query, Is.EqualTo(new Dictionary<string, string> { ["ssl"] = "1", ["a"] = "x,y" }));
        Assert.That(url.HasMixedCredentials);
    }

    [TestCase("rabbit://", "/", TestName = "No path")]
    [TestCase("rabbit://h/", "/", TestName = "An empty path")]
    [TestCase("rabbit://h/nova", "nova", TestName = "A plain name")]
    [TestCase("rabbit://h//", "/", TestName = "Two slashes")]
    [TestCase("rabbit://h/%2Fnova", "/nova", TestName = "An encoded slash")]
    public void The_broker_is_asked_for_a_virtual_host(string text, string expected) =>
        Assert.That(TransportUrl.Parse(text).BrokerVirtualHost, Is.EqualTo(expected));

    [Test]
    public void What_is_shown_has_no_password()
    {
        var url = TransportUrl.Parse("rabbit://nova:s3cr%3Aet@h1,neutron:other@h2/v");

        Assert.That(url.ToString(), Is.EqualTo("rabbit://nova:***@h1,neutron:***@h2/v"));
        Assert.That($"{url} {url.Hosts[0]}", Does.Not.Contain("s3cr").And.Not.Contain("other"));
    }

    [TestCase("", "empty", TestName = "Nothing")]
    [TestCase("127.0.0.1:5672", "no scheme", TestName = "No scheme")]
    [TestCase("amqp://h", "amqp", TestName = "Another transport")]
    [TestCase("rabbit://u:s#cret@h", "%23", TestName = "A hash in the password")]
    [TestCase("rabbit://u:s/cret@h/v", "%2F", TestName = "A slash in the password")]
    [TestCase("rabbit://u:s?cret@h/v", "%3F", TestName = "A question mark in the password")]
    [TestCase("rabbit://u:s,cret@h/v", "%2C", TestName = "A comma in the password")]
    [TestCase("rabbit://u:p@h:secret/v", "port", TestName = "A port that is no number")]
    [TestCase("rabbit://u:p@h:70000/v", "port", TestName = "A port that is too high")]
    [TestCase("rabbit://u:p@[::1:5672/v", "bracket", TestName = "An open bracket")]
    public void A_bad_url_is_refused_in_words_without_its_password(string text, string words)
    {
        Assert.That(TransportUrl.TryParse(text, out _, out var fault), Is.False);
        Assert.That(fault, Does.Contain(words).And.Not.Contain("cret"));
    }
}
