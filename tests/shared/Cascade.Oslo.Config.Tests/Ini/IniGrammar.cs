using Cascade.Oslo.Config.Ini;

namespace Cascade.Oslo.Config.Tests.Ini;

sealed class IniGrammar
{
    [TestCase("a = 1", "1", TestName = "Blanks around the equals sign and the value go")]
    [TestCase("a=1", "1", TestName = "No blanks are needed")]
    [TestCase("a: 1", "1", TestName = "A colon is as good as an equals sign")]
    [TestCase("a = b:c=d", "b:c=d", TestName = "The first separator divides")]
    [TestCase("a : b=c", "b=c", TestName = "A colon before the equals sign divides")]
    [TestCase("a = 'quoted '", "quoted ", TestName = "Single quotes go and keep blanks")]
    [TestCase("a = \"quoted\"", "quoted", TestName = "Double quotes go")]
    [TestCase("a = 'half", "'half", TestName = "A quote on one side stays")]
    [TestCase("a = 'mixed\"", "'mixed\"", TestName = "Different quotes stay")]
    [TestCase("a = '", "", TestName = "One quote alone is an empty value")]
    [TestCase("a =", "", TestName = "An empty value is a value")]
    [TestCase("a = 1 # no comment", "1 # no comment", TestName = "A hash within a value belongs to it")]
    [TestCase("a = 1\n  2\n\t3", "1\n2\n3", TestName = "Lines that begin with a blank go on with the value")]
    [TestCase("a = 1\n  # 2", "1\n# 2", TestName = "An indented hash goes on with the value")]
    public void A_value_is_read_as_oslo_reads_it(string text, string expected)
    {
        var (entries, faults) = IniParser.Parse("x.conf", "[DEFAULT]\n" + text);

        Assert.That(faults, Is.Empty);
        Assert.That(entries, Is.EqualTo(new[] { new IniEntry("DEFAULT", "a", expected, 2) }));
    }

    [TestCase("[DEFAULT]\nword", 2, "no '=' or ':'", TestName = "A word alone")]
    [TestCase("a = 1", 1, "[DEFAULT]", TestName = "A value before any section")]
    [TestCase("[DEFAULT\na = 1", 1, "must end with ]", TestName = "A section without its end")]
    [TestCase("[]", 1, "empty section", TestName = "A section without a name")]
    [TestCase("[DEFAULT]\n = 1", 2, "continuation", TestName = "A blank first makes a continuation of nothing")]
    [TestCase("[DEFAULT]\n=1", 2, "name is empty", TestName = "An option without a name")]
    [TestCase("[DEFAULT]\na = 1\n\n  2", 4, "continuation", TestName = "An empty line ends a value")]
    [TestCase("[DEFAULT]\na = 1\n# c\n  2", 4, "continuation", TestName = "A comment ends a value")]
    public void A_bad_line_is_named_with_file_and_line(string text, int line, string words)
    {
        var (_, faults) = IniParser.Parse("x.conf", text);

        Assert.That(faults[0].ToString(), Does.StartWith($"x.conf:{line}: ").And.Contain(words));
    }

    [Test]
    public void Every_bad_line_is_reported_and_the_good_ones_are_kept()
    {
        var (entries, faults) = IniParser.Parse("x.conf", "[a]\nbad\nx = 1\nworse\n[b\ny = 2\n");

        Assert.That(faults.Select(f => f.Origin!.Line), Is.EqualTo(new[] { 2, 4, 5 }));
        Assert.That(entries.Select(e => (e.Section, e.Key)), Is.EqualTo(new[] { ("a", "x"), ("a", "y") }));
    }

    [Test]
    public void A_fault_never_shows_what_stands_after_the_separator()
    {
        var (_, faults) = IniParser.Parse("x.conf", "password = topsecret");

        Assert.That(faults.Single().ToString(), Does.Not.Contain("topsecret"));
    }
}
