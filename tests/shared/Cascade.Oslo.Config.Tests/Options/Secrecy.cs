namespace Cascade.Oslo.Config.Tests.Options;

sealed class Secrecy
{
    const string Text = "[DEFAULT]\nhost = a\ntransport_url = rabbit://u:p%40ssw0rd@h/\n[child]\npassword = hunter2hunter2\n";

    static OptionReader Read(ConfigPath path)
    {
        var reader = new OptionReader(OsloConfiguration.Read([path], []));
        reader.Group("DEFAULT").Text("host", null, "help");
        reader.Group("DEFAULT").Transport("transport_url", "help");
        reader.Group("child").Secret("password", "help");
        return reader;
    }

    [Test]
    public void A_dump_masks_what_is_secret_and_says_where_each_value_stands()
    {
        using var files = new Files();
        var path = files.File("a.conf", Text);

        Assert.That(OptionDump.Lines(Read(path)), Is.EqualTo(new[]
        {
            $"host = a  ({path.Path}:2)", $"transport_url = ****  ({path.Path}:3)", $"child.password = ****  ({path.Path}:5)",
        }));
    }

    [Test]
    public void The_secrets_include_the_password_inside_a_url_decoded_and_encoded()
    {
        using var files = new Files();

        Assert.That(OptionDump.Secrets(Read(files.File("a.conf", Text))), Is.SupersetOf(new[] { "hunter2hunter2", "p@ssw0rd", "p%40ssw0rd" }));
    }

    [TestCase("mysql+pymysql://cinder:p%40ss@db/cinder?charset=utf8")]
    [TestCase("postgresql://cinder:p%40ss@db:5432/cinder")]
    public void They_include_the_password_inside_the_url_of_a_database(string connection)
    {
        using var files = new Files();
        var reader = new OptionReader(OsloConfiguration.Read([files.File("a.conf", $"[database]\nconnection = {connection}\n")], []));
        reader.Group("database").Secret("connection", "help");

        Assert.That(OptionDump.Secrets(reader), Is.EquivalentTo(new[] { connection, connection, "p@ss", "p%40ss" }));
    }

    [TestCase(0x180, false, TestName = "Mode 0600 is fine")]
    [TestCase(0x1A0, true, TestName = "Mode 0640 is warned of")]
    [TestCase(0x1A4, true, TestName = "Mode 0644 is warned of")]
    public void A_file_with_a_secret_that_others_may_read_is_warned_of(int mode, bool warned)
    {
        using var files = new Files();
        var path = files.File("a.conf", Text);
        File.SetUnixFileMode(path.Path, (UnixFileMode)mode);

        var warnings = SecretFiles.OpenToOthers(Read(path)).Select(f => f.Message).ToList();

        Assert.That(warnings, Has.Count.EqualTo(warned ? 1 : 0));
        if (warned)
            Assert.That(warnings[0], Does.Contain("[child] password").And.Contain($"chmod 0600 {path.Path}").And.Not.Contain("hunter2"));
    }

    [Test]
    public void An_open_file_without_a_secret_is_fine()
    {
        using var files = new Files();
        var path = files.File("a.conf", "[DEFAULT]\nhost = a");
        File.SetUnixFileMode(path.Path, (UnixFileMode)0x1A4);

        Assert.That(SecretFiles.OpenToOthers(Read(path)), Is.Empty);
    }

    [Test]
    public void A_sample_can_be_read_back_and_says_what_each_option_is()
    {
        using var files = new Files();
        var reader = new OptionReader(OsloConfiguration.Empty);
        reader.Group("cascade", "Ours.").Int("size", 3, "How big.", new() { Min = 1, Mutable = true, Deprecated = ["DEFAULT.old_size"] });
        reader.Group("DEFAULT").Required("host", "Who.", new() { Sample = "az" });

        var sample = SampleFile.Write(reader);

        Assert.That(sample, Does.StartWith("[DEFAULT]\n").And.Contain("#host = az\n").And.Contain("# This option is required.\n")
            .And.Contain("# How big. (integer value)\n# Minimum value: 1\n# Note: This option can be changed without restarting.\n# Deprecated group/name - [DEFAULT]/old_size\n#size = 3\n"));
        Assert.That(OsloConfiguration.Read([files.File("a.conf", sample.Replace("#size", "size", StringComparison.Ordinal))], []).Find("cascade", "size")[0].Text, Is.EqualTo("3"));
    }
}
