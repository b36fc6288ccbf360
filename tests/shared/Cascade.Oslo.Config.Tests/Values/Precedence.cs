using Microsoft.Extensions.Configuration;

namespace Cascade.Oslo.Config.Tests.Values;

sealed class Precedence
{
    static string? Last(OsloConfiguration read, string group, string option) => read.Find(group, option) is { Count: > 0 } all ? all[^1].Text : null;

    [Test]
    public void The_later_file_wins()
    {
        using var files = new Files();
        var read = OsloConfiguration.Read([files.File("a.conf", "[DEFAULT]\nx = a"), files.File("b.conf", "[DEFAULT]\nx = b")], []);

        Assert.That(Last(read, "DEFAULT", "x"), Is.EqualTo("b"));
    }

    [Test]
    public void A_file_named_after_a_directory_wins_over_it()
    {
        using var files = new Files();
        files.File("d/1.conf", "[DEFAULT]\nx = d");
        var file = files.File("a.conf", "[DEFAULT]\nx = a");

        Assert.That(Last(OsloConfiguration.Read([files.Folder("d"), file], []), "DEFAULT", "x"), Is.EqualTo("a"));
        Assert.That(Last(OsloConfiguration.Read([file, files.Folder("d")], []), "DEFAULT", "x"), Is.EqualTo("d"));
    }

    [Test]
    public void A_directory_is_read_in_the_order_of_names_and_only_what_ends_in_conf()
    {
        using var files = new Files();
        files.File("d/20.conf", "[DEFAULT]\nx = 20");
        files.File("d/10.conf", "[DEFAULT]\nx = 10");
        files.File("d/30.conf.bak", "[DEFAULT]\nx = 30");
        files.File("d/.40.conf", "[DEFAULT]\nx = 40");

        Assert.That(Last(OsloConfiguration.Read([files.Folder("d")], []), "DEFAULT", "x"), Is.EqualTo("20"));
    }

    [Test]
    public void The_environment_wins_over_files_and_the_command_line_over_both()
    {
        using var files = new Files();
        var file = files.File("a.conf", "[DEFAULT]\nx = file\ny = file\n[oslo_messaging_rabbit]\nssl = false");
        var read = OsloConfiguration.Read(
            [file],
            new Dictionary<string, string> { ["OS_DEFAULT__X"] = "env", ["OS_DEFAULT__Y"] = "env", ["OS_OSLO_MESSAGING_RABBIT__SSL"] = "true" },
            new Dictionary<(string, string), string> { [("DEFAULT", "y")] = "line" });

        Assert.That(Last(read, "DEFAULT", "x"), Is.EqualTo("env"));
        Assert.That(Last(read, "DEFAULT", "y"), Is.EqualTo("line"));
        Assert.That(Last(read, "oslo_messaging_rabbit", "ssl"), Is.EqualTo("true"));
    }

    [TestCase("OS_AUTH_URL", TestName = "The openstack client's own variables")]
    [TestCase("OS___X", TestName = "No group")]
    [TestCase("OS_DEFAULT__", TestName = "No option")]
    [TestCase("os_default__x", TestName = "Small letters")]
    public void Other_variables_are_left_alone(string name) =>
        Assert.That(OsloConfiguration.Read([], new Dictionary<string, string> { [name] = "1" }).Groups, Is.Empty);

    [Test]
    public void A_section_written_twice_or_in_other_letters_is_one()
    {
        using var files = new Files();
        var read = OsloConfiguration.Read([files.File("a.conf", "[Child]\na = 1\n[DEFAULT]\n[child]\nb = 2")], []);

        Assert.That(read.OptionsOf("child"), Is.EquivalentTo(new[] { "a", "b" }));
        Assert.That(read.Find("default", "a"), Is.Empty, "DEFAULT is the one name that keeps its letters");
    }

    [Test]
    public void Values_of_one_name_add_up_over_lines_and_files()
    {
        using var files = new Files();
        var read = OsloConfiguration.Read([files.File("a.conf", "[DEFAULT]\nx = 1\nx = 2"), files.File("b.conf", "[DEFAULT]\nx = 3")], []);

        Assert.That(read.Find("DEFAULT", "x").Select(v => v.Text), Is.EqualTo(new[] { "1", "2", "3" }));
    }

    [Test]
    public void A_missing_file_and_a_missing_directory_are_both_reported()
    {
        var read = OsloConfiguration.Read([ConfigPath.File("/nowhere/a.conf"), ConfigPath.Directory("/nowhere/d")], []);

        Assert.That(read.Faults.Select(f => f.Message), Has.Some.Contains("/nowhere/a.conf").And.Some.Contains("/nowhere/d"));
    }

    [Test]
    public void By_key_the_last_value_is_read_and_all_of_them_as_children()
    {
        using var files = new Files();
        var read = OsloConfiguration.Read([files.File("a.conf", "[DEFAULT]\nname = n\nx = 1\nx = $name\n[g]\ny = only")], []);
        var configuration = new ConfigurationBuilder().Add(new OsloConfigurationSource(read)).Build();

        Assert.That(configuration["DEFAULT:x"], Is.EqualTo("n"));
        Assert.That(configuration.GetSection("DEFAULT:x").GetChildren().Select(c => c.Value), Is.EqualTo(new[] { "1", "n" }));
        Assert.That(configuration["g:y"], Is.EqualTo("only"));
        Assert.That(configuration.GetSection("g:y").GetChildren(), Is.Empty);
    }
}
