using Microsoft.Data.Sqlite;

namespace Topology.Cluster.Tests;

/// <summary>Files that are damaged, of another version, or not ours.</summary>
public sealed class SqliteFileTests : SqliteFixture
{
    [Test]
    public void A_flipped_bit_is_never_read_as_something_else()
    {
        var (refused, quarantined) = Flip(6, new Random(4711));

        Assert.That(refused, Is.GreaterThan(5));
        Assert.That(quarantined, Is.GreaterThan(5));
    }

    [Test]
    [Explicit("Takes more than ten minutes: for changes to what is checked.")]
    public void A_flipped_bit_is_never_read_as_something_else_in_many_stores()
    {
        for (var n = 0; n < 200; n++)
        {
            RemoveDirectory();
            TakeDirectory();
            Flip(60, new Random(n));
        }
    }

    [Test]
    public void A_row_that_is_missing_is_noticed_where_all_pages_fit_together()
    {
        Fill();
        Meddle(connection => SqliteConnections.Run(connection, "DELETE FROM positions WHERE topology = 't2' AND task = 5"));

        Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreCorruptException>().With.Message.Contains("23 positions, where 24 were written"));
    }

    [Test]
    public void A_row_that_is_under_another_key_is_noticed()
    {
        Fill();
        Meddle(connection => SqliteConnections.Run(connection, "UPDATE positions SET task = 9 WHERE topology = 't2' AND task = 5"));

        Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreCorruptException>().With.Message.Contains("of its positions one cannot be found"));
    }

    [TestCase("b", "there are 1 supervisors, where 2 were written")]
    [TestCase("a", "its supervisors are not those that were written last")]
    public void A_page_of_an_earlier_time_is_noticed(string supervisor, string message)
    {
        Use(store => store.Write(writer => writer.PutSupervisor(Samples.Supervisor("a"))));
        var earlier = File.ReadAllBytes(DatabaseFile);
        Use(store => store.Write(writer => writer.PutSupervisor(Samples.Supervisor(supervisor) with { Slots = 9 })));
        var page = 0;
        Meddle(connection => page = Convert.ToInt32(SqliteConnections.Run(connection, "SELECT rootpage FROM sqlite_master WHERE name = 'supervisors'")));
        using (var file = new FileStream(DatabaseFile, FileMode.Open, FileAccess.Write))
        {
            // As if the disk had never written it.
            file.Position = (page - 1) * SqliteConnections.PageBytes;
            file.Write(earlier, (int)file.Position, SqliteConnections.PageBytes);
        }

        Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreCorruptException>().With.Message.Contains(message));
    }

    [Test]
    public void A_damaged_row_can_be_replaced_and_the_store_opened_again()
    {
        Fill();
        Meddle(connection => SqliteConnections.Run(connection, "UPDATE supervisors SET slots = 5, sum = 6"));
        Use(store => Assert.That(store.Read(reader => reader.Quarantined()), Has.Length.EqualTo(1)));

        Use(store => store.Write(writer => writer.PutSupervisor(Samples.Supervisor())));

        Use(store => Assert.That(store.Read(reader => reader.Supervisors()), Has.Length.EqualTo(1)));
    }

    [Test]
    public void A_file_that_does_not_say_what_it_holds_is_refused()
    {
        Fill();
        Meddle(connection => SqliteConnections.Run(connection, "DELETE FROM metadata WHERE key = 'totals'"));

        Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreCorruptException>().With.Message.Contains("how much it holds"));
    }

    [Test]
    public void Damage_that_no_record_shows_is_found_at_opening()
    {
        Fill();
        Use(store => store.Write(writer => writer.RemoveTopology("t1")));
        var bytes = File.ReadAllBytes(DatabaseFile);
        // The count of free pages, as the header says it (https://sqlite.org/fileformat.html, 1.3): a later write would take pages by it.
        bytes[39] ^= 1;
        File.WriteAllBytes(DatabaseFile, bytes);

        Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreCorruptException>());
    }

    [Test]
    public void A_truncated_file_is_refused([Values(0, 1, 99, 100, 512, 4_095, 4_096, 8_192, -4_096, -1)] int length)
    {
        Fill();
        var sound = File.ReadAllBytes(DatabaseFile);
        var cut = sound[..(length >= 0 ? length : sound.Length + length)];
        File.WriteAllBytes(DatabaseFile, cut);

        var error = Assert.Throws<StoreCorruptException>(() => SqliteClusterStore.Open(Data).Dispose());

        Assert.That(error!.File, Is.EqualTo(DatabaseFile));
        Assert.That(error.Message, Does.Contain(DatabaseFile).And.Contain("Restore a backup").And.Contain("empty store"));
        Assert.That(File.ReadAllBytes(DatabaseFile), Is.EqualTo(cut), "left as it was");
    }

    [Test]
    public void A_log_without_its_file_is_refused()
    {
        Temporary.Write("cluster.db-wal", "frames");

        Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreCorruptException>().With.Message.Contains("cluster.db-wal"));
        Assert.That(File.Exists(Temporary.PathOf("cluster.db-wal")));
    }

    [Test]
    public void A_fresh_start_keeps_what_was_there_each_time_under_another_name()
    {
        for (var n = 1; n <= 2; n++)
        {
            Fill();
            File.WriteAllText(DatabaseFile, $"damaged {n}");
            Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreCorruptException>());

            using (var store = SqliteClusterStore.StartFresh(Data, out var keptAs))
            {
                Assert.That(keptAs, Is.EqualTo($"{DatabaseFile}.aside-{n}"));
                Assert.That(StoreDump.Of(store), Is.Empty);
            }

            File.Delete(DatabaseFile);
        }

        Assert.That(File.ReadAllText($"{DatabaseFile}.aside-1"), Is.EqualTo("damaged 1"));
        Assert.That(File.ReadAllText($"{DatabaseFile}.aside-2"), Is.EqualTo("damaged 2"));
    }

    [Test]
    public void A_fresh_start_of_nothing_is_a_start()
    {
        using var store = SqliteClusterStore.StartFresh(Data, out var keptAs);

        Assert.That(keptAs, Is.Null);
    }

    [Test]
    public void A_beginning_that_was_not_finished_is_begun_again()
    {
        Temporary.Write("cluster.db.new", "half");
        Temporary.Write("cluster.db.new-wal", "half");

        Fill();

        Assert.That(Temporary.Entries(), Is.EqualTo(new[] { "cluster.db", "lock", "lock.pid" }));
    }

    [Test]
    public void A_file_of_a_newer_version_is_refused_and_left()
    {
        Fill();
        Meddle(connection => SqliteConnections.Run(connection, "PRAGMA user_version = 99"));
        var bytes = File.ReadAllBytes(DatabaseFile);

        Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreVersionException>().With.Message.Contains("99").And.Message.Contains("newer"));
        Assert.That(File.ReadAllBytes(DatabaseFile), Is.EqualTo(bytes));
    }

    [Test]
    public void A_file_of_another_program_is_refused()
    {
        using (var other = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            other.Open();
            SqliteConnections.Run(other, "CREATE TABLE bookmarks (url)");
        }

        Assert.That(() => SqliteClusterStore.Open(Data), Throws.InstanceOf<StoreVersionException>().With.Message.Contains("another program"));
    }

    [Test]
    public void The_file_is_private()
    {
        Use(_ =>
        {
            foreach (var file in new[] { DatabaseFile, DatabaseFile + "-wal", DatabaseFile + "-shm" })
                Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        });
    }

    /// <summary>Flips so many bits of each page, one at a time.</summary>
    /// <returns>How often the file was refused, and how often something was in quarantine.</returns>
    private (int Refused, int Quarantined) Flip(int bitsOfPage, Random chance)
    {
        Fill();
        Assert.That(Temporary.Entries(), Does.Not.Contain("cluster.db-wal"), "all of it is in the file");
        var (sound, content) = (File.ReadAllBytes(DatabaseFile), Read());
        var (refused, quarantined) = (0, 0);
        for (var page = 0; page < sound.Length / SqliteConnections.PageBytes; page++)
        {
            for (var n = 0; n < bitsOfPage; n++)
            {
                // The page's header, the row pointers and the rows at its end are all met.
                var at = page * SqliteConnections.PageBytes + (n % 3 == 0 ? chance.Next(100) : chance.Next(SqliteConnections.PageBytes));
                var damaged = (byte[])sound.Clone();
                damaged[at] ^= (byte)(1 << chance.Next(8));
                File.WriteAllBytes(DatabaseFile, damaged);
                switch (Open(content))
                {
                    case null: refused++; break;
                    case > 0: quarantined++; break;
                }
            }
        }

        return (refused, quarantined);
    }

    private List<string> Read()
    {
        using var store = SqliteClusterStore.Open(Data);
        return [.. StoreDump.Of(store), store.ClusterId];
    }

    /// <summary>Null if the file was refused, else the number of records in quarantine; whatever shows is as it was written.</summary>
    private int? Open(List<string> written)
    {
        try
        {
            using var store = SqliteClusterStore.Open(Data);
            var (shown, quarantined) = ((string[])[.. StoreDump.Of(store), store.ClusterId], store.Read(reader => reader.Quarantined().Length));
            Assert.That(shown, Is.SubsetOf(written));
            if (quarantined == 0) Assert.That(shown, Is.EqualTo(written));
            return quarantined;
        }
        catch (StoreException)
        {
            return null;
        }
    }
}
