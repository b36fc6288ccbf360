namespace Cascade.Oslo.Config.Tests.Values;

sealed class ReferencesTests
{
    static readonly Dictionary<(string, string), string> Options = new()
    {
        [("DEFAULT", "state_path")] = "/var/lib/x",
        [("DEFAULT", "lock_path")] = "$state_path/lock",
        [("DEFAULT", "host")] = "general",
        [("g", "host")] = "special",
        [("g", "loop")] = "$loop",
    };

    static string? Find(string group, string option) => Options.GetValueOrDefault((group, option));

    [TestCase("$state_path/a", "/var/lib/x/a", TestName = "A name ends where it can be no name")]
    [TestCase("${state_path}s", "/var/lib/xs", TestName = "Braces end a name")]
    [TestCase("$lock_path", "/var/lib/x/lock", TestName = "What is found is looked through too")]
    [TestCase("$host", "special", TestName = "The own group comes first")]
    [TestCase("$g.host", "special", TestName = "A group may be named")]
    [TestCase("a$$b", "a$b", TestName = "Two dollars are one")]
    [TestCase(@"a\$state_path", "a$state_path", TestName = "A backslash keeps the dollar")]
    [TestCase("5$", "5$", TestName = "A dollar at the end stays")]
    [TestCase("$9", "$9", TestName = "A dollar before no letter stays")]
    public void A_reference_is_replaced_as_oslo_does(string text, string expected) =>
        Assert.That(References.Expand(text, "g", Find), Is.EqualTo(expected));

    [TestCase("pa$word", "word", TestName = "A name nobody knows")]
    [TestCase("$nobody.host", "nobody.host", TestName = "A group nobody knows")]
    [TestCase("$loop", "loop", TestName = "A name that leads to itself")]
    public void What_leads_nowhere_is_told_and_stays(string text, string name)
    {
        var told = new List<string>();

        Assert.That(References.Expand(text, "g", Find, told.Add), Does.Contain("$" + name));
        Assert.That(told, Is.EqualTo(new[] { name }));
    }
}
