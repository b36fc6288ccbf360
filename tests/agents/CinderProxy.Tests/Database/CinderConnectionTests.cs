using Cascade.CinderProxy.Parent.Database;
using Cascade.Oslo.Config;

namespace CinderProxy.Tests.Database;

sealed class CinderConnectionTests
{
    [TestCase("mysql+pymysql://cinder:secret@10.0.0.1:3307/cinder?charset=utf8", DatabaseKind.MySql, "10.0.0.1", 3307, "cinder", "secret", "cinder")]
    [TestCase("mysql://cinder:p%40ss%2Fw@[2001:db8::1]:3306/cinder", DatabaseKind.MySql, "2001:db8::1", 3306, "cinder", "p@ss/w", "cinder")]
    [TestCase("mariadb+mysqldb://cinder:a+b@db/cinder", DatabaseKind.MySql, "db", null, "cinder", "a+b", "cinder")]
    [TestCase("postgresql+psycopg2://cinder:s3:cr@t@db.example/cinder_v3", DatabaseKind.PostgreSql, "db.example", null, "cinder", "s3:cr@t", "cinder_v3")]
    [TestCase("postgresql:///cinder?host=/run/postgresql", DatabaseKind.PostgreSql, "", null, null, null, "cinder")]
    [TestCase("sqlite:////var/lib/cinder/cinder.sqlite", DatabaseKind.Sqlite, "", null, null, null, "/var/lib/cinder/cinder.sqlite")]
    [TestCase("sqlite:///cinder.sqlite", DatabaseKind.Sqlite, "", null, null, null, "cinder.sqlite")]
    public void A_url_is_read_as_sqlalchemy_reads_it(string text, object kind, string host, int? port, string? user, string? password, string database)
    {
        var connection = CinderConnection.Parse(text);

        Assert.That(
            (connection.Kind, connection.Host, connection.Port, connection.User, connection.Password, connection.Database),
            Is.EqualTo(((DatabaseKind)kind, host, port, user, password, database)));
        Assert.That(password is null || !connection.ToString().Contains(password, StringComparison.Ordinal), "the password is masked");
    }

    [TestCase("cinder", "no scheme")]
    [TestCase("oracle://cinder:hushhush@db/cinder", "oracle:// ")]
    [TestCase("mysql://cinder:hushhush@db", "no database")]
    [TestCase("mysql://cinder:hushhush@db:33o6/cinder", "port")]
    [TestCase("mysql://cinder:what?hushhush@db/cinder", "'?'")]
    [TestCase("mysql://cinder:slash/hushhush@db", "no database")]
    [TestCase("sqlite://", "no file")]
    [TestCase("sqlite:///:memory:", "no file")]
    public void A_fault_says_what_is_wrong_and_never_shows_a_password(string text, string word) =>
        Assert.That(
            () => CinderConnection.Parse(text),
            Throws.TypeOf<FormatException>().With.Message.Contains(word.TrimEnd()).And.Message.Not.Contains("hushhush").And.Message.Contains("write"));

    [Test]
    public void Options_are_oslos()
    {
        var (options, faults) = Read("""
            [database]
            connection = mysql+pymysql://cinder:secret@db/cinder
            connection_parameters = charset=utf8
            max_pool_size = 7
            max_retries = -1
            db_retry_interval = 2
            slave_connection = mysql://ignored
            """);

        Assert.That(faults, Is.Empty);
        Assert.That((options.MaxPoolSize, options.MaxRetries, options.DbRetryInterval), Is.EqualTo((7, -1, TimeSpan.FromSeconds(2))));
        Assert.That(options.Connection!.Query["charset"], Is.EqualTo("utf8"));
        Assert.That(
            options with { Connection = null, MaxPoolSize = 5, MaxRetries = 10, DbRetryInterval = TimeSpan.FromSeconds(1) },
            Is.EqualTo(new DatabaseOptions()), "the rest is standard");
    }

    [TestCase("", "required")]
    [TestCase("connection = mssql://cinder:hushhush@db/cinder", "mssql")]
    public void A_connection_that_cannot_be_is_a_fault_of_the_configuration(string line, string word)
    {
        var (options, faults) = Read($"[database]\n{line}\n");

        Assert.That(options.Connection, Is.Null);
        Assert.That(faults.Select(fault => fault.ToString()), Has.One.Contains(word).And.None.Contains("hushhush"));
    }

    static (DatabaseOptions Options, IReadOnlyList<ConfigFault> Faults) Read(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            var reader = new OptionReader(OsloConfiguration.Read([ConfigPath.File(file)]));
            return (DatabaseOptions.Read(reader), reader.Faults);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
