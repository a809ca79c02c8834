# frozen_string_literal: true

# The shop of SCENARIO.md as a Rails application has it, without the web: ActiveRecord with the pg driver.
require "active_record"
require "json"
require "logger"

PREPARED = ENV.fetch("SHOP_PREPARED", "true") == "true"
AHEAD = ENV["SHOP_AHEAD"] == "true"
THROUGH = ENV["SHOP_THROUGH"] == "proxy"
FEATURES = ENV.fetch("SHOP_FEATURES", "").split(",")

$stdout.sync = true
Thread.report_on_exception = false
# As new Rails applications have it.
ActiveRecord::Base.legacy_connection_handling = false
ActiveRecord::Base.logger = Logger.new($stderr) if ENV["SHOP_LOG"]

def settings(url)
  { url: url, adapter: "postgresql", prepared_statements: PREPARED, pool: 4 }
end

# --- models ---------------------------------------------------------------------------------------------------------

class ApplicationRecord < ActiveRecord::Base
  self.abstract_class = true
end

class Customer < ApplicationRecord
  has_many :orders, -> { order(:id) }, dependent: :destroy
  validates :name, presence: true
  validates :email, presence: true, uniqueness: true, format: /@/
  scope :named, ->(name) { where(name: name) }
end

# The login model of most applications: addresses compare without case.
class Account < ApplicationRecord
  self.table_name = "customers"
  validates :email, uniqueness: { case_sensitive: false }
end

# A model without validations: the constraints of the database speak.
class BareCustomer < ApplicationRecord
  self.table_name = "customers"
end

class Order < ApplicationRecord
  belongs_to :customer
end

# What is saved is every column, as before Rails 4, or by a form that posts every field back.
class ClerkRecord < ActiveRecord::Base
  self.abstract_class = true
end

class ClerkCustomer < ClerkRecord
  self.table_name = "customers"
  self.partial_writes = false
end

class TempRecord < ActiveRecord::Base
  self.abstract_class = true
end

class TempCustomer < TempRecord
  self.table_name = "customers"
end

class CreateShop < ActiveRecord::Migration[6.1]
  def change
    create_table :customers do |t|
      t.string :email, limit: 254, null: false, index: { unique: true }
      t.string :name, limit: 100, null: false
      t.string :ssn, limit: 11
      t.text :notes
      t.date :birth_date
      t.decimal :balance, precision: 10, scale: 2, null: false, default: 0
      t.boolean :active, null: false, default: true
      t.integer :lock_version, null: false, default: 0
      t.timestamps
    end
    create_table :orders do |t|
      t.references :customer, null: false, foreign_key: { on_delete: :cascade }
      t.string :item, limit: 100, null: false
      t.decimal :total, precision: 10, scale: 2, null: false
      t.boolean :paid, null: false, default: false
    end
  end
end

class AddNickname < ActiveRecord::Migration[6.1]
  def change
    add_column :customers, :level, :integer, null: false, default: 1
    add_index :customers, :level
    rename_column :customers, :level, :grade
    # The rules name it before it is there.
    add_column :customers, :nickname, :string, limit: 40 if AHEAD
  end
end

# --- steps ----------------------------------------------------------------------------------------------------------

$failed = 0
$name = nil

def step(name, feature = nil)
  return if feature && !FEATURES.include?(feature)

  $name = name
  yield
  puts "ok #{name}"
rescue StandardError, ScriptError => error
  $failed += 1
  where = error.backtrace&.grep(/shop\.rb/)&.first.to_s[/\d+/]
  puts "FAIL #{name}: line #{where}: #{error.class}: #{error.message.lines.first(3).map(&:strip).join(' ')[0, 400]}"
end

def saw(value)
  puts "saw #{$name}: #{JSON.generate(value.as_json)}"
  value
end

def same(expected, found)
  raise "expected #{expected.inspect}, found #{found.inspect}" unless expected == found
end

def holds(what, why = "does not hold")
  raise why unless what
end

def raises(kind)
  yield
rescue kind => error
  error
else
  raise "#{kind} was expected"
end

def field(error, code)
  error.cause.result.error_field(code)
end

def state(error)
  field(error, PG::Result::PG_DIAG_SQLSTATE)
end

def at(name)
  "#{name}@canary.example"
end

def customer(name)
  Customer.find_by!(email: at(name))
end

PEOPLE = ["Ann", "Bob", "Cid", "Dora", "Émile", "Fay", "Gül", "Hans", "Ida", "Jürgen", "Kim", "李雷"].freeze
MAILS = [at("ann"), at("bob"), at("cid"), "Dora.Mixed@Canary.Example", at("emile"), at("fay"), at("guel"), at("hans"),
         at("ida"), at("juergen"), at("kim"), at("lilei")].freeze
NOTES = { 5 => nil, 7 => "canary ✓ naïve 'quoted' \"double\" \\ back\nsecond line 🦊", 8 => "" }.freeze
BULK = (1..1000).map do |i|
  { name: format("bulk %04d", i), email: at(format("bulk%04d", i)), ssn: format("907-20-%04d", i),
    notes: "canary bulk #{i}", balance: BigDecimal(i) / 100 }
end

def attributes_of(index)
  i = index + 1
  { name: PEOPLE[index], email: MAILS[index], ssn: [3, 6].include?(i) ? nil : format("907-10-%04d", i),
    notes: NOTES.fetch(i, "canary note #{i}"), birth_date: i == 3 ? nil : Date.new(1970, 1, 1) + 400 * i,
    balance: BigDecimal("10.50") * i, active: i % 4 != 0 }
end

FIELDS = %w[email name ssn notes birth_date balance active].freeze

def setup
  ActiveRecord::Base.establish_connection(settings(ENV.fetch("SHOP_URL")))
  ActiveRecord::Migration.verbose = false
  connection = ActiveRecord::Base.connection
  context = ActiveRecord::MigrationContext.new([], ActiveRecord::SchemaMigration)
  ActiveRecord::SchemaMigration.create_table
  ActiveRecord::InternalMetadata.create_table
  holds context
  ActiveRecord::Base.transaction { CreateShop.migrate(:up) }
  connection.execute("insert into schema_migrations values ('1')")
  puts "ok setup"
end

def run
  ActiveRecord::Base.establish_connection(settings(ENV.fetch("SHOP_URL")))
  ClerkRecord.establish_connection(settings(ENV.fetch("CLERK_URL")))
  TempRecord.establish_connection(settings(ENV.fetch("TEMP_URL")))

  step "create" do
    PEOPLE.each_index do |index|
      made = Customer.create!(attributes_of(index))
      (1..(index + 1) % 3).each do |k|
        made.orders.create!(item: "thing #{index + 1}.#{k}", total: BigDecimal("5.25") * k, paid: k == 2)
      end
    end
    same 12, Customer.count
    gul = Customer.find_by!(name: "Gül")
    again = Customer.find(gul.id)
    same attributes_of(6).stringify_keys, again.attributes.slice(*FIELDS)
    same [Date, BigDecimal, TrueClass, String], [again.birth_date.class, again.balance.class, again.active.class, again.email.class]
    same 1, again.orders.size
    saw(again.attributes.slice(*FIELDS))
  end

  step "find_by_email" do
    same "Ann", Customer.find_by(email: at("ann")).name
    same nil, Customer.find_by(email: at("nobody"))
    same "Ann", Customer.find_by_email(at("ann")).name
    same "Bob", Customer.find_by(ssn: "907-10-0002").name
    same "Bob", Customer.find_by(balance: BigDecimal("21.00")).name
    same "Bob", Customer.find_by(balance: 21).name
    same "Ann", Customer.find_by(birth_date: Date.new(1971, 2, 5)).name
    same "Ann", Customer.find_by(birth_date: "1971-02-05").name
    same "Ann", Customer.where("email = ?", at("ann")).first.name
    same "Ann", Customer.where("email = :mail and ssn is not null", mail: at("ann")).last.name
    same "Ann", Customer.where(email: at("ann"), ssn: "907-10-0001").take.name
    same [true, false], saw([Customer.exists?(email: at("ann")), Customer.exists?(email: at("nobody"))])
    raises(ActiveRecord::RecordNotFound) { Customer.find_by!(email: at("nobody")) }
    saw(Customer.where(email: at("ann")).or(Customer.where(ssn: "907-10-0002")).order(:id).pluck(:name, :email))
  end

  step "find_case_insensitively", "ci" do
    same "Ann", Customer.find_by("lower(email) = lower(?)", "ANN@Canary.example").name
    same "Ann", Customer.find_by("lower(email) = ?", "ANN@Canary.example".downcase).name
    same "Dora", Customer.where(Customer.arel_table[:email].lower.eq("dora.mixed@canary.example")).first.name
    same "Ann", Customer.where(Customer.arel_table[:email].matches("ANN@Canary.example")).first.name
    same nil, Customer.find_by("lower(email) = lower(?)", "NOBODY@canary.example")
    same [1, 4], saw(Customer.where("lower(email) IN (?)", [at("ann"), "dora.mixed@canary.example"]).order(:id).ids)
    same "Ann", Customer.find_by("email::text = ?", at("ann")).name
    twin = Account.new(name: "Twin", email: "ANN@Canary.Example")
    holds !twin.valid?, "the address in another case was not seen"
    same ["has already been taken"], saw(twin.errors[:email])
    holds Account.find_by!(email: at("ann")).valid?
  end

  step "in_list" do
    some = [at("ann"), at("bob"), at("kim"), at("nobody")]
    same %w[Ann Bob Kim], saw(Customer.where(email: some).order(:id).map(&:name))
    same [], Customer.where(email: []).to_a
    same %w[Ann], Customer.where(email: [at("ann")]).map(&:name)
    same 9, saw(Customer.where.not(email: some).count)
    same 11, saw(Customer.where.not(email: at("ann")).count)
    same %w[Ann Cid Fay], Customer.where(ssn: [nil, "907-10-0001"]).order(:id).map(&:name)
    same ["Ann"], Customer.where("email = any(array[?]::varchar[])", [at("ann")]).map(&:name)
  end

  step "nulls" do
    same %w[Cid Fay], saw(Customer.where(ssn: nil).order(:id).pluck(:name))
    same 11, saw(Customer.where.not(notes: nil).count)
    customer("ann").update!(notes: nil)
    same 10, saw(Customer.where.not(notes: nil).count)
    customer("ann").update!(notes: "canary note 1")
  end

  step "unicode" do
    same NOTES[7], saw(customer("guel").notes)
    same "", customer("hans").notes
    same "李雷", saw(customer("lilei").name)
    customer("kim").update!(email: at("kïm"))
    same "Kim", saw(customer("kïm").name)
    customer("kïm").update!(email: at("kim"))
  end

  step "page" do
    page = Customer.order(:id).limit(5).offset(5)
    saw(page.map { |found| [found.name, found.email] })
    same 12, saw(page.unscope(:limit, :offset).count)
    saw(Customer.order(:name).limit(3).pluck(:email))
    saw(Customer.order(created_at: :asc, id: :asc).second.email)
    sixth = page.first.id
    same 7, Customer.where("id >= ?", sixth).size
  end

  step "relations" do
    orders = Order.includes(:customer).order(:id)
    saw(orders.map { |order| [order.item, order.customer.email] })
    saw(Customer.preload(:orders).order(:id).map { |found| [found.email, found.orders.map(&:item)] })
    same 2, Customer.eager_load(:orders).where(email: at("bob")).flat_map { |found| found.orders.to_a }.size
    same 2, Customer.includes(:orders).references(:orders).where("orders.total > 0 and customers.email = ?", at("bob")).first.orders.size
    same "Bob", Customer.eager_load(:orders).where(email: at("bob")).limit(1).first.name
    same 2, saw(Order.joins(:customer).where(customers: { email: at("bob") }).count)
    same 12, saw(Customer.left_joins(:orders).group("customers.id").order("customers.id").count("orders.id").values).size
    same 4, Customer.left_joins(:orders).where(orders: { id: nil }).count
    same 2, Order.where(customer: Customer.where(email: at("bob"))).count
    same ["Bob"], Customer.where(id: Order.where(item: "thing 2.1").select(:customer_id)).pluck(:name)
    saw(Order.joins(:customer).group("customers.email").count.sort)
    saw(Customer.joins(:orders).distinct.map(&:email).sort)
    saw(Customer.joins(:orders).select("customers.*, orders.total as amount").order("orders.id").map { |found| [found.email, found.amount] })
    saw(Customer.select("customers.email, count(orders.id) as n").joins(:orders).group("customers.email").having("count(orders.id) > 1").map { |found| [found.email, found.n] }.sort)
  end

  step "aggregate" do
    saw([Order.sum(:total), Order.maximum(:total), Customer.count, Customer.distinct.count(:active)])
    same 12, saw(Customer.distinct.count(:email))
    same 10, Customer.count(:ssn)
    saw(Order.joins(:customer).where(customers: { email: at("bob") }).sum(:total))
    saw(Customer.joins(:orders).where(orders: { paid: true }).group(:email).sum("orders.total").sort)
    saw(Customer.group(:active).count.sort_by(&:to_s))
    same [12, 12], [Customer.ids.size, Customer.all.size]
    holds Customer.none.empty? && Customer.any? && Customer.many?
  end

  step "update" do
    ann = customer("ann")
    ann.update!(name: "Anna", email: at("anna"), balance: 20)
    same({ "email" => [at("ann"), at("anna")] }, ann.saved_changes.slice("email"))
    same ["Anna", 20], saw([customer("anna").name, customer("anna").balance.to_i])
    same nil, Customer.find_by(email: at("ann"))
    same 2, Customer.where(email: [at("anna"), at("bob")]).update_all(notes: "canary many")
    same ["canary many"] * 2, Customer.where(email: [at("anna"), at("bob")]).pluck(:notes)
    ann.reload.update_columns(ssn: "907-99-0001", birth_date: Date.new(2000, 2, 29))
    same ["907-99-0001", Date.new(2000, 2, 29)], customer("anna").values_at(:ssn, :birth_date)
    ann.update_column(:notes, nil)
    ann.update_attribute(:ssn, nil)
    same [nil, nil], customer("anna").values_at(:ssn, :notes)
    ann.touch
    Customer.find(ann.id).update!(attributes_of(0))
    customer("bob").update!(notes: "canary note 2")
    same attributes_of(0).stringify_keys, customer("ann").attributes.slice(*FIELDS)
  end

  step "masked_keep" do
    bob = ClerkCustomer.find_by!(email: at("bob"))
    if THROUGH
      same ["*******0002", nil, nil, "b***@c***.example"], bob.values_at(:ssn, :notes, :birth_date, :email)
    end
    bob.update!(name: "Bob by clerk")
    fields = bob.attributes.slice(*FIELDS)
    # A form that posts every field back; the same for many rows.
    ClerkCustomer.find(bob.id).update!(fields)
    ClerkCustomer.where(id: bob.id).update_all(fields)
    bob.reload.update_columns(fields)
    same attributes_of(1).stringify_keys.merge("name" => "Bob by clerk"), saw(customer("bob").attributes.slice(*FIELDS))
    customer("bob").update!(name: "Bob")
  end

  step "masked_refuse" do
    cid = TempCustomer.find_by!(email: at("cid"))
    # Dirty tracking writes what has changed, and no more.
    cid.update!(name: "Cid by temp")
    fields = cid.attributes.slice(*FIELDS)
    if THROUGH
      error = raises(ActiveRecord::StatementInvalid) { TempCustomer.where(id: cid.id).update_all(fields) }
      same "42501", state(error)
      TempCustomer.partial_writes = false
      same "42501", state(raises(ActiveRecord::StatementInvalid) { TempCustomer.find(cid.id).save! })
      TempCustomer.partial_writes = true
    else
      TempCustomer.where(id: cid.id).update_all(fields)
    end
    same "Cid by temp", TempCustomer.find(cid.id).name
    same attributes_of(2).stringify_keys.merge("name" => "Cid by temp"), saw(customer("cid").attributes.slice(*FIELDS))
    customer("cid").update!(name: "Cid")
  end

  step "bulk_create" do
    same 1000, saw(Customer.insert_all!(BULK.map { |row| stamped(row) }).length)
    same 1012, saw(Customer.count)
    same "bulk 0500", saw(customer("bulk0500").name)
    three = (1..3).map { |i| stamped(BULK[0].merge(name: "bulk three", email: at("three#{i}"))) }
    result = Customer.insert_all(three, returning: %w[id email])
    same three.map { |row| row[:email] }, saw(result.rows.map(&:last))
    same 3, result.rows.map(&:first).uniq.size
  end

  step "upsert" do
    2.times do
      BareCustomer.upsert_all([stamped(name: "Ann", email: at("ann"), balance: 10.5), stamped(name: "bulk new", email: at("new"), balance: 1)],
                              unique_by: :email, returning: %w[email])
    end
    same 1, Customer.where(email: at("new")).count
    BareCustomer.upsert(stamped(name: "Ann", email: at("ann"), balance: 11), unique_by: :email)
    same 11, saw(customer("ann").balance.to_i)
    same 0, saw(Customer.insert_all([stamped(BULK[0])], unique_by: :email).length)
    same 1, saw(Customer.insert_all([stamped(BULK[0]), stamped(BULK[0].merge(email: at("newer")))]).length)
    eve = Customer.find_or_create_by!(email: at("eve")) { |made| made.name = "bulk eve" }
    same eve, Customer.find_or_create_by!(email: at("eve")) { |made| made.name = "other" }
    same eve.id, BareCustomer.create_or_find_by!(email: at("eve")) { |made| made.name = "other" }.id
    same "bulk eve", Customer.find_or_initialize_by(email: at("eve")).name
    Customer.where(email: [at("newer"), at("eve")]).delete_all
    # Randomly sealed columns are no matter for ON CONFLICT, where no time stamps are kept by comparing them.
    BareCustomer.record_timestamps = false
    BareCustomer.connection.execute("insert into customers (name, email, notes, created_at, updated_at) values ('Ann', '#{at('ann')}', 'canary upserted', now(), now()) on conflict (email) do update set notes = excluded.notes")
    same "canary upserted", saw(customer("ann").notes)
    customer("ann").update!(attributes_of(0))
    saw(Customer.count)
  ensure
    BareCustomer.record_timestamps = true
  end

  step "delete" do
    customer("bulk0001").destroy!
    same 2, saw(Customer.where(email: [at("bulk0002"), at("bulk0003")]).delete_all)
    same 1, saw(Customer.where(email: [at("bulk0004")]).destroy_all.size)
    made = Customer.create!(name: "bulk with orders", email: at("withorders"))
    2.times { made.orders.create!(item: "gone", total: 1) }
    Customer.where(id: made.id).delete_all
    same 0, saw(Order.where(item: "gone").count)
    same 999, saw(Customer.where("name like 'bulk %' and name <> 'bulk new'").delete_all)
    same 13, saw(Customer.count)
    Customer.find_by!(email: at("new")).destroy!
    same 12, saw(Customer.count)
  end

  step "transactions" do
    Customer.transaction { Customer.create!(name: "Commit", email: at("commit")) }
    same 13, saw(Customer.count)
    Customer.transaction do
      Customer.create!(name: "Gone", email: at("gone"))
      raise ActiveRecord::Rollback
    end
    raises(ActiveRecord::RecordNotUnique) do
      Customer.transaction do
        BareCustomer.create!(name: "Gone", email: at("gone"))
        BareCustomer.create!(name: "Twin", email: at("ann"))
      end
    end
    same 13, saw(Customer.count)
    Customer.transaction(isolation: :serializable) { customer("commit").update!(notes: "canary") }
    customer("commit").destroy!
  end

  step "savepoints" do
    Customer.transaction do
      Customer.create!(name: "Stays", email: at("stays"))
      Customer.transaction(requires_new: true) do
        Customer.create!(name: "Gone", email: at("gone"))
        raise ActiveRecord::Rollback
      end
      raises(ActiveRecord::RecordNotUnique) do
        Customer.transaction(requires_new: true) { BareCustomer.create!(name: "x", email: at("stays")) }
      end
      same "Stays", customer("stays").name
    end
    same [true, false], saw([Customer.exists?(email: at("stays")), Customer.exists?(email: at("gone"))])
    customer("stays").destroy!
  end

  step "prepared" do
    20.times { |i| same PEOPLE[i % 12], Customer.find_by!(email: MAILS[i % 12]).name }
    saw(MAILS.map { |mail| Customer.find_by!(email: mail).name })
    raw = Customer.connection.raw_connection
    raw.prepare("find_one", "select name, balance from customers where email = $1")
    5.times { |i| same PEOPLE[i], raw.exec_prepared("find_one", [MAILS[i]]).getvalue(0, 0) }
    raw.exec("deallocate find_one")
    Customer.transaction do
      5.times { |i| BareCustomer.create!(name: "x", email: at("prepared#{i}"), balance: i) }
      same 5, Customer.where(email: (0..4).map { |i| at("prepared#{i}") }).count
      raise ActiveRecord::Rollback
    end
    Customer.connection.clear_cache!
    same "Ann", customer("ann").name
  end

  step "pool" do
    found = 8.times.map do |i|
      Thread.new do
        ActiveRecord::Base.connection_pool.with_connection do
          5.times.map do
            one = Customer.find_by!(email: MAILS[i])
            one.update_columns(name: one.name)
            one.name
          end.uniq
        end
      end
    end.map(&:value)
    same PEOPLE.first(8).map { |name| [name] }, saw(found)
    Customer.connection.verify!
    Customer.connection.reset!
    Customer.connection.reconnect!
    same "Ann", customer("ann").name
  end

  step "unique_violation" do
    error = raises(ActiveRecord::RecordNotUnique) { BareCustomer.create!(name: "Twin", email: at("ann")) }
    same "index_customers_on_email", field(error, PG::Result::PG_DIAG_CONSTRAINT_NAME)
    said = "#{error.message} #{field(error, PG::Result::PG_DIAG_MESSAGE_DETAIL)}"
    holds !said.include?("canary") && !said.include?("\\xfb"), said if THROUGH
    saw([error.class.name, state(error)])
    twin = Customer.new(name: "Twin", email: at("ann"))
    holds !twin.valid?
    same ["has already been taken"], saw(twin.errors[:email])
    holds customer("ann").valid?
  end

  step "invalid_value" do
    connection = Customer.connection
    states = ["update customers set birth_date = '1999-02-30' where id = 1", "update customers set birth_date = 'nonsense' where id = 1",
              "update customers set ssn = '907-10-00012' where id = 1", "update customers set balance = 1e12 where id = 1",
              "update customers set balance = 'x' where id = 1"].map do |sql|
      state(raises(ActiveRecord::StatementInvalid) { connection.execute(sql) })
    end
    same %w[22008 22007 22001 22003 22P02], saw(states)
    raises(ActiveRecord::ValueTooLong) { customer("ann").update!(ssn: "907-10-00012") }
    raises(ActiveRecord::RangeError) { customer("ann").update!(balance: BigDecimal("1e12")) }
    raises(ActiveRecord::NotNullViolation) { BareCustomer.create!(email: at("x")) }
    raises(ActiveRecord::NotNullViolation) { BareCustomer.create!(name: "x") }
    raises(ActiveRecord::InvalidForeignKey) { Order.insert({ customer_id: 0, item: "x", total: 1 }) }
    same "42703", saw(state(raises(ActiveRecord::StatementInvalid) { Customer.where("emial = 'x'").load }))
    same "Ann", customer("ann").name
  end

  step "refused" do
    if THROUGH
      tried = [-> { Customer.order(Arel.sql("lower(email)")).load }, -> { Customer.where("email like 'ann%'").load }, -> { Customer.maximum(:email) },
               -> { Customer.sum(:balance) }, -> { Customer.where("birth_date > ?", Date.new(1990, 1, 1)).load }]
      tried.each do |one|
        error = raises(ActiveRecord::StatementInvalid, &one)
        same "0A000", state(error)
        holds field(error, PG::Result::PG_DIAG_MESSAGE_HINT).present?
        same "Ann", customer("ann").name
      end
      raises(ActiveRecord::StatementInvalid) { Customer.transaction { Customer.order(Arel.sql("lower(email)")).load } }
    end
    same "Ann", customer("ann").name
  end

  step "raw_sql" do
    connection = Customer.connection
    same [at("ann")], connection.select_values("select email from customers where email = '#{at('ann')}'")
    saw(connection.exec_query("select id, email from customers where email = $1", "SQL",
                              [ActiveRecord::Relation::QueryAttribute.new("email", at("ann"), ActiveRecord::Type::String.new)]).rows.map(&:last))
    saw(connection.select_rows("select c.email, count(o.id) from customers c left join orders o on o.customer_id = c.id group by c.email").sort)
    same "Ann", Customer.find_by_sql(["select * from customers where email = ?", at("ann")]).first.name
    saw(connection.raw_connection.exec_params("select email, birth_date, balance from customers where email = $1", [at("bob")]).values)
    saw(connection.exec_query("select email, birth_date, balance, active from customers order by id").to_a.first(2))
  end

  step "lock" do
    Customer.transaction do
      ann = Customer.lock.find_by!(email: at("ann"))
      ann.lock!
      ann.update!(notes: "canary locked")
      same 1, Customer.where(email: at("bob")).lock("FOR NO KEY UPDATE").to_a.size
      same 1, Customer.where(email: at("cid")).lock("FOR UPDATE SKIP LOCKED").to_a.size
    end
    customer("ann").with_lock { saw(customer("ann").notes) }
    first, second = customer("ann"), customer("ann")
    first.update!(notes: "canary note 1")
    raises(ActiveRecord::StaleObjectError) { second.update!(notes: "canary stale") }
    same "canary note 1", customer("ann").notes
  end

  step "stream" do
    seen = []
    Customer.find_each(batch_size: 5) { |found| seen << found.email }
    same MAILS, saw(seen)
    same [5, 5, 2], Customer.in_batches(of: 5).map { |batch| batch.pluck(:email).size }
    Customer.where(active: true).in_batches(of: 5) { |batch| batch.update_all("lock_version = lock_version + 1") }
    same 3, Customer.find_in_batches(batch_size: 4).count
  end

  step "reflection", "facade" do
    saw(Customer.columns.map { |column| [column.name, column.sql_type, column.type, column.limit, column.precision, column.scale, column.null, column.default] })
    connection = Customer.connection
    saw(connection.indexes("customers").map { |index| [index.name, index.columns, index.unique] }.sort)
    saw(connection.foreign_keys("orders").map { |key| [key.from_table, key.to_table, key.column, key.on_delete] })
    saw([Customer.primary_key, connection.tables.sort - %w[schema_migrations], connection.views])
    same 254, Customer.columns_hash["email"].limit
    dump = StringIO.new
    ActiveRecord::SchemaDumper.dump(connection, dump)
    tables = dump.string[/create_table "customers".*?^  end$/m]
    holds tables.include?("t.string \"email\", limit: 254, null: false"), tables
    saw(dump.string.lines.grep(/create_table|t\.|add_foreign_key/).map(&:strip))
  end

  step "second_day_defaults" do
    bare = Customer.create!(name: "Only", email: at("only")).reload
    saw([bare.balance, bare.active, bare.notes])
    bare.destroy!
  end

  step "second_day_expressions" do
    Customer.where(email: at("ann")).update_all("name = name || '!'")
    same "Ann!", saw(customer("ann").name)
    Customer.where(email: at("ann")).update_all(name: "Ann")
    Customer.increment_counter(:lock_version, customer("ann").id)
    saw(Customer.order(:id).first.email)
    saw(Customer.order(:id).last.email)
    saw(Customer.order(:id).pluck(:email, :birth_date, :active).first(3))
    saw(Customer.where(email: at("ann")).pick(:email, :balance))
    saw(Customer.where(email: at("ann")).pluck(Arel.sql("notes is not null"), :email))
  end

  step "second_day_json_and_copies" do
    saw(JSON.parse(customer("ann").to_json(except: %i[id created_at updated_at lock_version], include: { orders: { only: %i[item total] } })))
    copy = customer("ann").dup
    copy.email = at("copy")
    copy.ssn = nil
    copy.save!
    same customer("ann").notes, copy.reload.notes
    copy.destroy!
  end

  step "second_day_relations" do
    same ["Ann"], Customer.from(Customer.where(email: at("ann")), :customers).pluck(:name)
    same ["Ann"], Customer.where(email: at("ann")).merge(Customer.where.not(notes: nil)).pluck(:name)
    same 1, Customer.where(email: at("ann")).where("exists (select 1 from orders o where o.customer_id = customers.id)").count
    same "Kim", Customer.joins(:orders).group("customers.id").order(Arel.sql("sum(orders.total) desc, customers.id desc")).first.name
    same ["Bob"], Customer.where(email: at("bob")).order(Arel.sql("random()")).pluck(:name)
    saw(Customer.order(:id).reverse_order.first.email)
    holds Customer.where(email: at("ann")).explain.include?("customers")
    # An admin page searches plain columns without case and shows the sealed ones.
    saw(Customer.where("name ilike ?", "%an%").order(:id).map { |found| [found.name, found.email] })
    saw(Customer.where("customers.name ilike :q or customers.email = :q", q: at("ann")).pluck(:email))
  end

  step "second_day_query_cache" do
    Customer.cache do
      2.times { same "Ann", customer("ann").name }
      customer("ann").update!(notes: "canary cached")
      same "canary cached", customer("ann").notes
    end
    customer("ann").update!(notes: "canary note 1")
  end

  step "schema_change", "schema" do
    ActiveRecord::Migration.verbose = false
    AddNickname.migrate(:up)
    Customer.reset_column_information
    customer("ann").update!(grade: 2)
    same 2, saw(customer("ann").grade)
    if AHEAD
      customer("ann").update!(nickname: "canary nick")
      same "Ann", Customer.find_by!(nickname: "canary nick").name
      saw(Customer.columns_hash["nickname"].sql_type) if FEATURES.include?("facade")
    end
    Customer.connection.remove_column(:customers, :grade)
    Customer.reset_column_information
    same "Ann", customer("ann").name
  end

  step "left" do
    same [12, 12], saw([Customer.count, Order.count])
    rows = Customer.order(:id).map { |found| found.attributes.slice(*FIELDS) }
    same (0..11).map { |index| attributes_of(index).stringify_keys }, rows
    saw(Digest::SHA256.hexdigest(JSON.generate(rows.as_json)))
  end
end

# Rails 6.1 leaves time stamps to the database here.
def stamped(row)
  now = Time.now
  row.merge(created_at: now, updated_at: now)
end

if ARGV[0] == "setup"
  setup
else
  run
end
exit($failed.zero? ? 0 : 1)
