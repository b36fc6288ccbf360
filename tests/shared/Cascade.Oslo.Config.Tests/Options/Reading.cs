namespace Cascade.Oslo.Config.Tests.Options;

sealed class Reading
{
    static OptionReader Reader(string text)
    {
        using var files = new Files();
        return new(OsloConfiguration.Read([files.File("a.conf", text)], []));
    }

    [TestCase("true", true), TestCase("1", true), TestCase("YES", true), TestCase("On", true)]
    [TestCase("false", false), TestCase("0", false), TestCase("no", false), TestCase("OFF", false)]
    public void A_boolean_has_the_spellings_of_oslo(string text, bool expected)
    {
        var reader = Reader($"[DEFAULT]\nx = {text}");

        Assert.That(reader.Group("DEFAULT").Bool("x", !expected, "help"), Is.EqualTo(expected));
        Assert.That(reader.Faults, Is.Empty);
    }

    [TestCase("a, b ,c", new[] { "a", "b", "c" }), TestCase("a,", new[] { "a" }), TestCase("", new string[0])]
    public void A_list_is_cut_at_commas(string text, string[] expected) =>
        Assert.That(Reader($"[DEFAULT]\nx = {text}").Group("DEFAULT").List("x", ["default"], "help"), Is.EqualTo(expected));

    [Test]
    public void Pairs_name_each_of_one_side_once_and_every_slip_is_told_with_its_place()
    {
        var reader = Reader("[g]\nx = a : b, c:d,\ny = a, a:b, a:c, :b, a:b:c\nz =");
        var group = reader.Group("g");

        Assert.That(group.Pairs("x", "help"), Is.EqualTo(new Dictionary<string, string> { ["a"] = "b", ["c"] = "d" }));
        Assert.That((group.Pairs("z", "help").Count, group.Pairs("nowhere", "help").Count, reader.Faults.Count), Is.EqualTo((0, 0, 0)));
        Assert.That(group.Pairs("y", "help"), Is.EqualTo(new Dictionary<string, string> { ["a"] = "b" }));
        Assert.That(reader.Faults.Select(f => f.Message), Is.EqualTo(new[]
        {
            "[g] y: 'a' is not PARENT:CHILD", "[g] y: a is there twice", "[g] y: ':b' is not PARENT:CHILD", "[g] y: 'a:b:c' is not PARENT:CHILD",
        }));
        Assert.That(reader.Faults.Select(f => f.Origin?.Line), Is.All.EqualTo(3));
    }

    [Test]
    public void All_faults_are_found_in_one_pass_with_their_places()
    {
        var reader = Reader("[DEFAULT]\ncount = many\nflag = maybe\nfew = 0\nword = c\nref = a$nobody\nurl = http://x\nbroken\n");
        var group = reader.Group("DEFAULT");

        Assert.That(group.Int("count", 7, "help"), Is.EqualTo(7));
        group.Bool("flag", false, "help");
        group.Int("few", 1, "help", new() { Min = 1 });
        group.Text("word", "a", "help", new() { Choices = ["a", "b"] });
        group.Text("ref", null, "help");
        group.Transport("url", "help");
        group.Required("absent", "Who we are.");

        Assert.That(reader.Faults.Select(f => f.Origin?.Line ?? 0), Is.EquivalentTo(new[] { 2, 3, 4, 5, 6, 7, 8, 0 }));
        Assert.That(reader.Faults.Select(f => f.Message), Has.Some.Contains("'many': is not an integer")
            .And.Some.Contains("write true or false").And.Some.Contains("1 or more").And.Some.Contains("one of a, b")
            .And.Some.Contains("$$").And.Some.Contains("rabbit://").And.Some.Contains("[DEFAULT] absent is required: Who we are."));
    }

    [Test]
    public void A_fault_of_a_secret_does_not_show_it()
    {
        var reader = Reader("[DEFAULT]\npin = topsecret");

        reader.Group("DEFAULT").Int("pin", 0, "help", new() { Secret = true });

        Assert.That(reader.Faults.Single().ToString(), Does.Contain("pin").And.Not.Contain("topsecret"));
    }

    [Test]
    public void An_empty_value_is_none_where_there_is_no_default_and_empty_where_there_is()
    {
        var group = Reader("[DEFAULT]\na =\nb =").Group("DEFAULT");

        Assert.That(group.Text("a", null, "help"), Is.Null);
        Assert.That(group.Text("b", "default", "help"), Is.Empty);
    }

    [Test]
    public void A_reference_may_lead_to_a_default()
    {
        var reader = Reader("[DEFAULT]\nurl = http://$my_ip/");
        var group = reader.Group("DEFAULT");

        group.Text("my_ip", "192.0.2.7", "help");

        Assert.That(group.Text("url", null, "help"), Is.EqualTo("http://192.0.2.7/"));
        Assert.That(reader.Faults, Is.Empty);
    }

    [Test]
    public void An_old_name_is_read_with_a_warning_and_another_spelling_without()
    {
        var reader = Reader("[DEFAULT]\nlogfile = a\n[g]\nquroum = 3\n");

        Assert.That(reader.Group("g").Text("log_file", null, "help", new() { Deprecated = ["DEFAULT.logfile"] }), Is.EqualTo("a"));
        Assert.That(reader.Group("g").Int("quorum", 0, "help", new() { Aliases = ["quroum"] }), Is.EqualTo(3));
        Assert.That(reader.Warnings.Single().ToString(), Does.Contain("[DEFAULT] logfile is the old name of [g] log_file"));
    }

    [Test]
    public void A_multi_valued_option_has_all_its_values()
    {
        Assert.That(Reader("[g]\ndriver = a\ndriver = b").Group("g").Multi("driver", [], "help"), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(Reader("[g]\ndriver = a\ndriver = b").Group("g").Text("driver", null, "help"), Is.EqualTo("b"));
    }

    [Test]
    public void Unknown_names_are_reported_in_our_own_groups_and_near_misses_everywhere()
    {
        var reader = Reader("[DEFAULT]\ncompute_driver = libvirt\ntransprot_url = x\n[cascade]\nwhatever = 1\nops_listen = y");
        reader.Group("DEFAULT").Text("transport_url", null, "help");
        reader.Group("cascade", own: true).Text("ops_listen", null, "help");

        var unknown = UnknownOptions.In(reader).Select(f => f.ToString()).ToList();

        Assert.That(unknown, Has.Count.EqualTo(2));
        Assert.That(unknown, Has.Some.Contains(":3: [DEFAULT] transprot_url is unknown: is transport_url meant?"));
        Assert.That(unknown, Has.Some.Contains(":5: [cascade] whatever is unknown"));
    }
}
